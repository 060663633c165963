import type { Builders } from './cli/cli-ports.ts'
import { runCli } from './cli/run-cli.ts'
import { openTerminal } from './cli/terminal.ts'
import { readConfig } from './config.ts'

// Help and settings answer at once: the product is loaded by the commands that need it.
const load = async () => {
  const { createBuilders } = await import('./app.ts')
  return createBuilders(readConfig)
}

const builders: Builders = {
  describeSettings: () => {
    const { shown, remarks } = readConfig()
    return { settings: shown, remarks }
  },
  serve: async (options) => (await load()).serve(options),
  openHouse: async () => (await load()).openHouse(),
  openOutside: async () => (await load()).openOutside(),
  restore: async (file, options) => (await load()).restore(file, options),
}

/** Asked for when something has failed, perhaps the reading of the settings itself. */
const showsStack = (): boolean => {
  try {
    return readConfig().logLevel === 'debug'
  } catch {
    return false
  }
}

const terminal = openTerminal(process.stdout, process.stderr)
process.exitCode = await runCli(process.argv.slice(2), { builders, terminal, showsStack })
