import { createBuilders } from './app.ts'
import { runCli } from './cli/run-cli.ts'
import { openTerminal } from './cli/terminal.ts'
import { readConfig } from './config.ts'

const terminal = openTerminal(process.stdout, process.stderr)
const builders = createBuilders(readConfig)
process.exitCode = await runCli(process.argv.slice(2), { builders, terminal })
