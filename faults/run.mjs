// The fault bench: `npm run faults`, or `npm run faults -- --cycles 50 --only ack-ledger`.
import '../bin/require-node.mjs'

const { runFaults } = await import('./run-faults.ts')
process.exitCode = await runFaults(process.argv.slice(2))
