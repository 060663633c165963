// All checks of the project: `npm run check`.
import '../bin/require-node.mjs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

const { runChecks } = await import('./run-checks.ts')
process.exitCode = await runChecks(dirname(dirname(fileURLToPath(import.meta.url))))
