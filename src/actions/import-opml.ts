import { readFile, stat } from 'node:fs/promises'
import { PUBLIC, readersOnly } from '../model/audience.ts'
import { Failure } from '../model/failure.ts'
import type { Source } from '../model/source.ts'
import type { Clock } from '../platform/clock.ts'
import { displayUrl } from '../platform/http/display-url.ts'
import { canonicalSourceUrl } from '../sources/canonical-source-url.ts'
import { isPrivateFeed } from '../sources/is-private-feed.ts'
import { MAX_OPML_BYTES, type OpmlOutline, parseOpml } from '../sources/opml.ts'
import { parsePastedAddress } from '../sources/parse-pasted-address.ts'
import { spreadChecks } from '../sources/spread-checks.ts'
import type { Db, Tx } from '../store/database.ts'
import { saveAdmission, saveSourcesOnce } from '../store/followed-sources.ts'
import { saveSubscriptionsOnce } from '../store/subscriptions.ts'
import { decodeText } from '../text/decode-text.ts'
import { urlKey } from '../text/html/clean-url.ts'

export type OutlineResult = 'added' | 'already followed' | 'refused'

/** What became of each feed of a list, in the order of the list. */
export type ImportReport = {
  outlines: {
    title: string
    /** The address with what could be a key hidden. */
    shownUrl: string
    result: OutlineResult
    /** Why it was not added; null when it was. */
    reason: string | null
  }[]
  /** Feeds beyond the first 5,000, which were not looked at. */
  leftOut: number
}

export type ImportDeps = { db: Db; clock: Clock; newId: () => string }

type Wanted = { outline: OpmlOutline; url: string }
type Line = ImportReport['outlines'][number]

/**
 * Lets a reader follow every feed of a list of subscriptions, all or none. Nothing is read from
 * outside: the sources are due one after the other over the next hours, and their pages say how
 * they are doing. Throws what `parseOpml` throws.
 */
export async function importOpml(
  deps: ImportDeps,
  { readerId, text }: { readerId: string; text: string },
): Promise<ImportReport> {
  const { outlines, leftOut } = parseOpml(text)
  const known = new Set<string>()
  const lines = outlines.map((outline): Line | Wanted => {
    const address = parsePastedAddress(outline.url)
    if (address.url === null) return lineOf(outline, 'refused', address.reason)
    const url = canonicalSourceUrl(address.url)
    if (known.has(urlKey(url))) {
      return lineOf(outline, 'already followed', 'It is in this list more than once.')
    }
    known.add(urlKey(url))
    return { outline, url }
  })
  const wanted = lines.filter((line) => 'url' in line)
  const added = await deps.db
    .transaction()
    .execute((tx) => saveFollowing(tx, deps, { readerId, wanted }))
  const report = lines.map((line) => {
    if (!('url' in line)) return line
    if (added.has(line.url)) return lineOf(line.outline, 'added', null)
    return lineOf(line.outline, 'already followed', 'You follow it already.')
  })
  return { outlines: report, leftOut }
}

/** The same for a file of the owner's. Throws `opml-file-unreadable` as well. */
export async function importOpmlFile(
  deps: ImportDeps,
  { readerId, file }: { readerId: string; file: string },
): Promise<ImportReport> {
  return importOpml(deps, { readerId, text: decodeText(await readBytes(file)) })
}

/** Follows what is wanted and returns the addresses that were not followed before. */
async function saveFollowing(
  tx: Tx,
  { clock, newId }: ImportDeps,
  { readerId, wanted }: { readerId: string; wanted: readonly Wanted[] },
): Promise<Set<string>> {
  const now = clock.now()
  const delays = spreadChecks(wanted.map(({ url }) => url))
  const sources = wanted.map(({ outline, url }, index) =>
    toSource(outline, {
      ...{ id: newId(), url, readerId },
      dueAt: new Date(now.getTime() + (delays[index] ?? 0)),
    }),
  )
  const saved = await saveSourcesOnce(tx, sources)
  const rows = [...saved.values()].map(({ id }) => ({ id: newId(), readerId, sourceId: id }))
  const fresh = await saveSubscriptionsOnce(tx, rows)
  for (const { id, audience } of saved.values()) {
    const isPrivate = audience.kind === 'readers' && !audience.readerIds.includes(readerId)
    if (isPrivate) await saveAdmission(tx, { sourceId: id, readerId, isAdmitted: true })
  }
  return new Set([...saved].flatMap(([url, { id }]) => (fresh.has(id) ? [url] : [])))
}

function toSource(
  { title, siteUrl }: OpmlOutline,
  { id, url, readerId, dueAt }: { id: string; url: string; readerId: string; dueAt: Date },
): Source {
  const isPrivate = isPrivateFeed(url, { isUnlisted: false })
  return {
    id,
    // A guess until the feed is read.
    kind: url.startsWith('https://www.youtube.com/') ? 'youtube' : 'podcast',
    url,
    title: title || displayUrl(url),
    description: '',
    siteUrl: isPrivate ? null : siteUrl,
    imageUrl: null,
    author: null,
    language: null,
    audience: isPrivate ? readersOnly([readerId]) : PUBLIC,
    state: 'new',
    stateReason: null,
    lastCheckedAt: null,
    nextCheckAt: dueAt,
  }
}

function lineOf({ title, url }: OpmlOutline, result: OutlineResult, reason: string | null): Line {
  const shownUrl = displayUrl(url)
  return { title: title || shownUrl, shownUrl, result, reason }
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(file)
    if (size <= MAX_OPML_BYTES) return await readFile(file)
  } catch (cause) {
    const message = `${file} cannot be read. Check the path, and that you may read it.`
    throw new Failure('opml-file-unreadable', 'caller', message, { cause })
  }
  const message = `${file} is larger than ${MAX_OPML_BYTES / 1_000_000} MB. Split it into smaller lists.`
  throw new Failure('opml-too-large', 'caller', message)
}
