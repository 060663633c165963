import type { Command } from 'commander'
import type { CommandContext } from './cli-ports.ts'
import { alignColumns } from './terminal.ts'

/** `murmurcast config check`: every setting, or every mistake in them at once. */
export function addConfigCommands(program: Command, { builders, terminal }: CommandContext): void {
  program
    .command('config')
    .description('The settings')
    .command('check')
    .description('Show every setting and where it comes from, or every mistake at once')
    .action(() => {
      const { settings, remarks } = builders.describeSettings()
      const rows = settings.map(({ name, value, from }) => [name, value, `(${from})`])
      terminal.out(alignColumns(rows))
      for (const remark of remarks) terminal.out(`${terminal.colours.yellow('!')} ${remark}`)
      terminal.out(`${terminal.colours.green('✓')} The settings are sound.`)
    })
}
