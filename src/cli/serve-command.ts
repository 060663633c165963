import type { Command } from 'commander'
import type { CommandContext, Serving } from './cli-ports.ts'
import type { Terminal } from './terminal.ts'

const HELP = `
It runs until you press Ctrl+C. Everything is kept in the data folder (MURMURCAST_DATA).

Examples:
  murmurcast serve                      all in one process, as at home
  murmurcast serve --role web           pages only; another process does the work
  MURMURCAST_PORT=8080 murmurcast serve`

/** `murmurcast serve`: what `npm start` runs. */
export function addServeCommand(program: Command, { builders, terminal }: CommandContext): void {
  program
    .command('serve')
    .description('Start murmurcast: pages, the work behind them, and the daily digest')
    .option('--role <roles>', 'what this process does: web, worker, mail (default: all)')
    .addHelpText('after', HELP)
    .action(async ({ role }: { role?: string }) => {
      const stopped = waitForStop()
      terminal.progress('Starting …')
      await using serving = await builders.serve({ roles: role?.split(',') ?? null })
      describe(serving, terminal)
      await stopped
      terminal.err('Stopping; running work is brought to an end …')
    })
}

/** Resolves at the first signal to stop; a second one ends the process at once. */
function waitForStop(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      resolve()
      process.once(signal, () => process.exit(1))
    })
  }
  return promise
}

function describe(serving: Serving, { out, colours }: Terminal): void {
  const lines = ['', `  ${colours.bold('murmurcast is running')}`, '']
  if (serving.url !== null)
    lines.push(`  Open      ${colours.cyan(serving.ownerLink ?? serving.url)}`)
  if (serving.ownerLink !== null) {
    lines.push('            This link signs you in as the owner. It works once.')
  }
  lines.push(
    `  Digests   ${serving.mailGoes}`,
    `  Data      ${serving.dataDir}`,
    '',
    `  ${colours.dim('Stop with Ctrl+C.')}`,
    '',
  )
  out(lines.join('\n'))
}
