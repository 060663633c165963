import { writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import type { SourceFinding } from '../actions/check-source.ts'
import type { ImportReport, OutlineResult } from '../actions/import-opml.ts'
import { Failure } from '../model/failure.ts'
import { displayUrl } from '../platform/http/display-url.ts'
import type { SourceRow } from '../store/views/sources-page.ts'
import type { CommandContext } from './cli-ports.ts'
import { alignColumns, type Terminal } from './terminal.ts'

const LATEST = 3

/** `murmurcast sources …`: what is followed, and what an address holds. */
export function addSourcesCommands(program: Command, { builders, terminal }: CommandContext): void {
  const sources = program.command('sources').description('The shows that you follow')

  sources
    .command('check <address>')
    .description('Read a feed (URL or file) and say what it holds, or why it cannot be read')
    .addHelpText('after', '\nNeeds no database and keeps nothing.')
    .action(async (address: string) => {
      terminal.progress(`Reading ${displayUrl(address)} …`)
      await using outside = await builders.openOutside()
      const finding = await outside.checkSource(address)
      if (!finding.found) throw new Failure('source-not-readable', 'caller', finding.reason)
      describeFinding(finding, terminal)
    })

  sources
    .command('add <addresses...>')
    .description('Follow one feed or several')
    .action(async (addresses: string[]) => {
      await using house = await builders.openHouse()
      for (const address of addresses) {
        terminal.progress(`Reading ${displayUrl(address)} …`)
        const { title, url } = await house.followSource(address)
        terminal.out(`${terminal.colours.green('✓')} You follow ${title} (${url}).`)
      }
    })

  sources
    .command('list')
    .description('What you follow and how each of them is doing')
    .option('--json', 'as JSON, for other programs')
    .action(async ({ json }: { json?: boolean }) => {
      await using house = await builders.openHouse()
      const rows = await house.listSources()
      terminal.out(json ? JSON.stringify(rows, null, 2) : listSources(rows))
    })

  sources
    .command('remove <source>')
    .description('Stop following a source, named by its title, address or id')
    .action(async (which: string) => {
      await using house = await builders.openHouse()
      const title = await house.unfollowSource(which)
      terminal.out(`${terminal.colours.green('✓')} You no longer follow ${title}.`)
    })
  addListCommands(sources, { builders, terminal })
}

/** Lists of subscriptions, which every player can read and write. */
function addListCommands(sources: Command, { builders, terminal }: CommandContext): void {
  sources
    .command('import <file>')
    .description('Follow every feed of an OPML file, as players export them')
    .addHelpText(
      'after',
      '\nAll or none is followed. The feeds are read one after the other afterwards.',
    )
    .action(async (file: string) => {
      await using house = await builders.openHouse()
      describeImport(await house.importSources(file), terminal)
    })

  sources
    .command('export [file]')
    .description('Write what you follow as OPML; private addresses are left out')
    .action(async (file: string | undefined) => {
      await using house = await builders.openHouse()
      const opml = await house.exportSources()
      if (file === undefined) return terminal.out(opml.trimEnd())
      await writeFile(file, opml)
      terminal.out(`${terminal.colours.green('✓')} Written to ${file}.`)
    })
}

function describeImport({ outlines, leftOut }: ImportReport, { out, colours }: Terminal): void {
  const count = (result: OutlineResult) => outlines.filter((line) => line.result === result).length
  for (const { title, shownUrl, result, reason } of outlines) {
    if (result === 'refused') out(`${colours.yellow('!')} ${title} (${shownUrl}): ${reason}`)
  }
  const counts = `${count('added')} added, ${count('already followed')} followed already, ${count('refused')} refused`
  out(`${colours.green('✓')} ${counts}.`)
  if (leftOut > 0) out(`${colours.yellow('!')} ${leftOut} more were left out: split the list.`)
}

function describeFinding(
  finding: Extract<SourceFinding, { found: true }>,
  { out, colours }: Terminal,
) {
  const { episodes } = finding
  const withTranscript = episodes.filter((episode) => episode.transcripts.length > 0).length
  out(colours.bold(finding.title))
  out(
    alignColumns([
      ['  kind', finding.kind],
      ['  address', finding.shownUrl],
      ...(finding.isPrivate ? [['  seen by', 'you alone: it looks like a private feed']] : []),
      ['  episodes', `${episodes.length}, ${withTranscript} of them with a transcript`],
      ...(finding.author === null ? [] : [['  by', finding.author]]),
    ]),
  )
  for (const episode of episodes.slice(0, LATEST)) {
    out(`  · ${dateOf(episode.publishedAt)}  ${episode.title}`)
  }
  for (const warning of finding.warnings) out(`  ${colours.yellow('!')} ${warning}`)
}

function listSources(rows: readonly SourceRow[]): string {
  if (rows.length === 0) {
    return 'You follow nothing yet. Add a feed: murmurcast sources add https://example.org/feed.xml'
  }
  return alignColumns([
    ['TITLE', 'KIND', 'STATE', 'EPISODES', 'NEXT CHECK', 'WHY'],
    ...rows.map((row) => [
      row.title,
      row.kind,
      row.isPaused ? 'paused' : row.state,
      String(row.episodeCount),
      row.nextCheckAt?.toISOString().slice(0, 16).replace('T', ' ') ?? '–',
      row.stateReason ?? '',
    ]),
  ])
}

const dateOf = (date: Date | null): string => date?.toISOString().slice(0, 10) ?? 'no date   '
