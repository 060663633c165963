import type { Command } from 'commander'
import type { CommandContext } from './cli-ports.ts'
import { alignColumns } from './terminal.ts'

/** `murmurcast jobs …`: work that failed at every try and waits for a person. */
export function addJobsCommands(program: Command, { builders, terminal }: CommandContext): void {
  const jobs = program.command('jobs').description('Work that failed each time it was tried')

  jobs
    .command('list')
    .description('What failed, why, and when')
    .option('--json', 'as JSON, for other programs')
    .action(async ({ json }: { json?: boolean }) => {
      await using house = await builders.openHouse()
      const rows = await house.listDeadJobs()
      if (json) return terminal.out(JSON.stringify(rows, null, 2))
      if (rows.length === 0) return terminal.out('Nothing has failed for good.')
      const lines = rows.map((row) => [
        row.id,
        row.step,
        row.failedAt.toISOString().slice(0, 16).replace('T', ' '),
        row.reason,
      ])
      terminal.out(alignColumns([['ID', 'STEP', 'FAILED', 'WHY'], ...lines]))
    })

  jobs
    .command('retry [ids...]')
    .description('Try them again: those named, or all of them')
    .action(async (ids: string[]) => {
      await using house = await builders.openHouse()
      const count = await house.retryDeadJobs(ids.length > 0 ? ids : undefined)
      terminal.out(count === 1 ? '1 job is tried again.' : `${count} jobs are tried again.`)
    })
}
