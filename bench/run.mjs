// `npm run bench`: what the product costs, beside what others cost. `--only NAME` runs one row.
import '../bin/require-node.mjs'

// React renders as it does in production; it looks when it is loaded.
process.env.NODE_ENV = 'production'
const { runBench } = await import('./run-bench.ts')
process.exitCode = await runBench(process.argv.slice(2))
