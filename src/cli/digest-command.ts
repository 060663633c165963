import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { Command } from 'commander'
import { InvalidArgumentError } from 'commander'
import type { MadeDigest } from '../actions/make-digest.ts'
import { Failure } from '../model/failure.ts'
import { pageFileOf } from '../model/page-file.ts'
import type { CommandContext, Outside } from './cli-ports.ts'
import type { Terminal } from './terminal.ts'
import { toEpisodePage } from './to-episode-page.ts'

const HELP = `
Writes digest.html, digest.txt, digest.eml, digest.json and a page for each episode
into the folder. Needs no account, no database and no running server.

Examples:
  murmurcast digest https://example.org/feed.xml --out today
  murmurcast digest sample:harbour-light/feed.xml sample:slow-arithmetic/feed.xml --out try
  murmurcast digest feed.xml --out today --since 30d --max 3`

const UNITS_MS: Record<string, number> = { h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 }

/** A span such as `7d`, `36h` or `2w`, in milliseconds. */
export function parseSpan(text: string): number {
  const [, count, unit] = /^(\d+)([hdw])$/.exec(text.trim()) ?? []
  const unitMs = UNITS_MS[unit ?? '']
  if (count !== undefined && unitMs !== undefined) return Number(count) * unitMs
  throw new InvalidArgumentError('Give a number and a unit, such as 7d, 36h or 2w.')
}

function parseCount(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Give a whole number, such as 5.')
}

/** `murmurcast digest`: the main job in one go. */
export function addDigestCommand(program: Command, { builders, terminal }: CommandContext): void {
  program
    .command('digest <sources...>')
    .description('Make one digest of some feeds into a folder, here and now')
    .requiredOption('--out <folder>', 'where the files go; made if it is not there')
    .option('--since <span>', 'how far back, such as 36h or 2w (default: 7d)', parseSpan)
    .option('--max <number>', 'episodes of each source at most', parseCount, 5)
    .addHelpText('after', HELP)
    .action(async (addresses: string[], options: { out: string; since?: number; max: number }) => {
      await using outside = await builders.openOutside()
      const made = await outside.makeDigest({
        addresses,
        since: new Date(Date.now() - (options.since ?? parseSpan('7d'))),
        maxPerSource: options.max,
        onProgress: terminal.progress,
      })
      const folder = resolve(options.out)
      await writeDigest(outside, made, { folder, terminal })
      report(made, { folder, terminal })
    })
}

async function writeDigest(
  outside: Outside,
  made: MadeDigest,
  { folder, terminal }: { folder: string; terminal: Terminal },
): Promise<void> {
  const { content, rendered } = made
  await save(join(folder, 'digest.html'), rendered.html)
  await save(join(folder, 'digest.txt'), rendered.text)
  await save(join(folder, 'digest.eml'), await outside.composeMessage(made, folder))
  await save(join(folder, 'digest.json'), `${JSON.stringify(content, null, 2)}\n`)
  for (const read of made.episodes) {
    terminal.progress(`Writing the page of ${read.episode.title}`)
    const html = await outside.renderEpisodeFile(toEpisodePage(read, made.episodes))
    await save(join(folder, pageFileOf(read.episode.id)), html)
  }
}

async function save(path: string, content: string | Uint8Array): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, content)
  } catch (cause) {
    const message = `${path} cannot be written. Give a folder that you may write to with --out.`
    throw new Failure('file-not-written', 'caller', message, { cause })
  }
}

function report(
  { content }: MadeDigest,
  { folder, terminal }: { folder: string; terminal: Terminal },
): void {
  const { out, err, colours } = terminal
  for (const { sourceTitle, episodeTitle, reason } of content.missing) {
    err(`${colours.yellow('!')} ${episodeTitle ?? sourceTitle}: ${reason}`)
  }
  const count = content.items.length
  if (count === 0 && content.missing.length > 0) {
    throw new Failure('nothing-read', 'outside', 'None of the sources could be read; see above.')
  }
  const what = count === 1 ? '1 episode' : `${count} episodes`
  out(`${colours.green('✓')} ${what} in ${join(folder, 'digest.html')}`)
  if (count === 0) out('  Nothing was published in that time. Look further back with --since 30d.')
}
