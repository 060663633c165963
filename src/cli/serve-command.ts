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
      const stop = listenForStop()
      await using serving = await builders.serve({ roles: role?.split(',') ?? null })
      describe(serving, terminal)
      await stop.asked()
      terminal.err('Stopping; running work is brought to an end …')
    })
}

const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Listens for what ends the program: Ctrl+C, a service manager, a terminal that is closed. While it
 * starts, and once it is stopping, a signal ends it at once; what it leaves is mended by the next
 * start.
 */
function listenForStop(): { asked: () => Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<void>()
  let isRunning = false
  const onSignal = (): void => {
    if (!isRunning) process.exit(1)
    isRunning = false
    resolve()
  }
  for (const signal of STOP_SIGNALS) process.on(signal, onSignal)
  return {
    asked: () => {
      isRunning = true
      return promise
    },
  }
}

function describe(serving: Serving, { out, colours }: Terminal): void {
  const lines = ['', `  ${colours.bold('murmurcast is running')}`, '']
  if (serving.url !== null)
    lines.push(`  Open      ${colours.cyan(serving.ownerLink ?? serving.url)}`)
  if (serving.ownerLink !== null) {
    lines.push('            This link signs you in as the owner. It works once.')
  } else if (serving.url !== null) {
    lines.push('            Signed out? `murmurcast owner-link` prints a new link.')
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
