import { setImmediate as breathe } from 'node:timers/promises'
import { Failure } from '../../model/failure.ts'
import { sourceName } from './feed-url.ts'
import { mendXml } from './mend-xml.ts'
import { type FeedOutline, type ItemSpan, outlineFeed } from './outline-feed.ts'
import type { EpisodeDraft, FeedHead, FeedPart, MapContext } from './parsed-feed.ts'
import { hasPlayableFile, readXml, type XmlFeed } from './read-xml.ts'

/** What is parsed without a pause: some milliseconds of work. */
const SLICE_LENGTH = 250_000
const SLICE_TAGS = 4_000
const MAX_ITEM_LENGTH = 1_500_000
const MAX_ITEM_TAGS = 30_000
const MAX_TAG_LENGTH = 60_000
const MAX_REFERENCES = 100_000
/** After so many items that cannot be read the rest of a refused slice is given up unread. */
const MAX_TRIED = 100
const MAX_FRAME_LENGTH = 1_500_000
const MAX_WHOLE_LENGTH = 3_000_000
/** Of a longer feed both ends are read, for some list the oldest first. */
const MAX_ITEMS = 20_000
/** Of longer feeds only the newest are kept, so that every item's date must be read. */
const MAX_SKIPPING = 5_000

export interface SliceOptions extends MapContext {
  knownGuids?: { has(guid: string): boolean } | undefined
}

export type ReadFeed = FeedPart & { warnings: string[] }

/**
 * Reads an XML feed item by item: its frame (all but the items) with those items that are not
 * known, some at a time. The result is that of one parse of the whole text; where a scan cannot
 * find the items for certain, it is one.
 */
export async function readInSlices(feed: XmlFeed, options: SliceOptions): Promise<ReadFeed> {
  const outline = await outlineFeed(feed.xml, feed.root)
  if (outline === null) return readWhole(feed, options)
  const { before, after } = frameOf(feed.xml, outline)
  if (!isModest(before + after, MAX_FRAME_LENGTH)) throw tooLarge(options.url)
  const { items, skipped } = wantedItems(outline.items, options)
  const slicing: Slicing = {
    feed,
    frame: { before: mendXml(before), after: mendXml(after) },
    context: options,
  }
  const read = await readItems(slicing, items)
  const head = read.head ?? headAlone(slicing, outline.items)
  const isUnreadable = read.unread > 0 && read.drafts.length === 0 && skipped === 0
  if (isUnreadable) throw broken(options.url, read.cause)
  const warnings = warningsOf(outline, read)
  return { head: withKind(head, feed.xml), drafts: read.drafts, warnings }
}

/** One parse of the whole text. Throws `feed-broken` where the parser does. */
export function readWhole(feed: XmlFeed, context: MapContext): ReadFeed {
  if (!isModest(feed.xml, MAX_WHOLE_LENGTH)) throw tooLarge(context.url)
  try {
    const { head, drafts } = readXml({ ...feed, xml: mendXml(feed.xml) }, context)
    return { head: withKind(head, feed.xml), drafts, warnings: [] }
  } catch (cause) {
    throw broken(context.url, cause)
  }
}

/** A document without its items; what stands between them counts as standing after them. */
interface Frame {
  before: string
  after: string
}

interface Slicing {
  feed: XmlFeed
  frame: Frame
  context: MapContext
}

interface ReadItems {
  head: FeedHead | null
  drafts: EpisodeDraft[]
  unread: number
  cause: unknown
}

function frameOf(xml: string, { items, brokenAt }: FeedOutline): Frame {
  const [first] = items
  const end = brokenAt ?? xml.length
  if (first === undefined) return { before: xml.slice(0, end), after: '' }
  const between: string[] = []
  for (const [index, item] of items.entries()) {
    const gap = xml.slice(item.end, items[index + 1]?.start ?? end)
    if (gap.trim() !== '') between.push(gap)
  }
  return { before: xml.slice(0, first.start), after: between.join('') }
}

function wantedItems(
  all: readonly ItemSpan[],
  { knownGuids }: SliceOptions,
): { items: ItemSpan[]; skipped: number } {
  const half = MAX_ITEMS / 2
  const items = all.length > MAX_ITEMS ? [...all.slice(0, half), ...all.slice(-half)] : [...all]
  if (knownGuids === undefined || all.length > MAX_SKIPPING) return { items, skipped: 0 }
  const counts = new Map<string, number>()
  for (const { guid } of items) if (guid !== null) counts.set(guid, (counts.get(guid) ?? 0) + 1)
  // Items that share a guid are told apart by their content, so all of them are read.
  const wanted = items.filter(
    ({ guid }) => guid === null || counts.get(guid) !== 1 || !knownGuids.has(guid),
  )
  return { items: wanted, skipped: items.length - wanted.length }
}

async function readItems(slicing: Slicing, items: readonly ItemSpan[]): Promise<ReadItems> {
  const result: ReadItems = { head: null, drafts: [], unread: 0, cause: null }
  for (const slice of slicesOf(slicing.feed.xml, items, result)) {
    await readOrSplit(slicing, slice, result)
    await breathe()
  }
  return result
}

/** Items gathered until a slice is full. Items too large to be read at once are counted out. */
function* slicesOf(
  xml: string,
  items: readonly ItemSpan[],
  result: ReadItems,
): Generator<string[]> {
  let slice: string[] = []
  let length = 0
  let tags = 0
  for (const { start, end } of items) {
    const item = xml.slice(start, end)
    if (!isModest(item, MAX_ITEM_LENGTH)) {
      result.unread++
      continue
    }
    const itemTags = countOf(item, '<')
    if (slice.length > 0 && (length + item.length > SLICE_LENGTH || tags + itemTags > SLICE_TAGS)) {
      yield slice
      slice = []
      length = 0
      tags = 0
    }
    slice.push(mendXml(item))
    length += item.length
    tags += itemTags
  }
  if (slice.length > 0) yield slice
}

/** Reads a slice; when the parser refuses it, its halves, down to the item that is at fault. */
async function readOrSplit(slicing: Slicing, slice: string[], result: ReadItems): Promise<void> {
  try {
    const { head, drafts } = readSlice(slicing, slice)
    result.head ??= head
    for (const draft of drafts) result.drafts.push(draft)
  } catch (cause) {
    result.cause = cause
    if (slice.length === 1 || result.unread >= MAX_TRIED) {
      result.unread += slice.length
      return
    }
    await breathe()
    const middle = slice.length >> 1
    await readOrSplit(slicing, slice.slice(0, middle), result)
    await readOrSplit(slicing, slice.slice(middle), result)
  }
}

function readSlice({ feed, frame, context }: Slicing, items: readonly string[]): FeedPart {
  return readXml({ root: feed.root, xml: frame.before + items.join('') + frame.after }, context)
}

/** The feed's own part when no item was wanted, or none could be read. */
function headAlone(slicing: Slicing, items: readonly ItemSpan[]): FeedHead {
  const { feed, context } = slicing
  const [first] = items
  try {
    return readSlice(slicing, []).head
  } catch (cause) {
    // A channel that holds nothing but items is no channel to the parser without one of them.
    if (first === undefined) throw emptyFeed(context.url, cause)
  }
  try {
    return readSlice(slicing, [mendXml(feed.xml.slice(first.start, first.end))]).head
  } catch (cause) {
    throw broken(context.url, cause)
  }
}

function warningsOf({ items, brokenAt }: FeedOutline, { unread }: ReadItems): string[] {
  const warnings: string[] = []
  if (unread > 0) {
    warnings.push(`${unread} of its ${items.length} items cannot be read and were left out.`)
  }
  if (items.length > MAX_ITEMS) {
    warnings.push(
      `The feed holds ${items.length} items; the first and last ${MAX_ITEMS / 2} were read.`,
    )
  }
  if (brokenAt !== null) {
    warnings.push('The feed breaks off in the middle of an item; the items before it were read.')
  }
  return warnings
}

function withKind(head: FeedHead, xml: string): FeedHead {
  return head.kind === 'blog' && hasPlayableFile(xml) ? { ...head, kind: 'podcast' } : head
}

/** True for a piece of XML that a parser reads in some milliseconds. */
function isModest(xml: string, maxLength: number): boolean {
  if (xml.length > maxLength || countOf(xml, '&') > MAX_REFERENCES) return false
  const { tags, longest } = measureTags(xml)
  return tags <= MAX_ITEM_TAGS && longest <= MAX_TAG_LENGTH
}

function countOf(xml: string, sign: string): number {
  let count = 0
  for (let at = xml.indexOf(sign); at >= 0; at = xml.indexOf(sign, at + 1)) count++
  return count
}

/** How much work a piece of XML is: its tags, and the length of the longest. */
function measureTags(xml: string): { tags: number; longest: number } {
  let tags = 0
  let longest = 0
  let end = -1
  let at = xml.indexOf('<')
  while (at >= 0) {
    tags++
    if (end < at) end = xml.indexOf('>', at)
    if (end < 0) end = xml.length
    const isTag = /[A-Za-z_]/.test(xml.charAt(at + 1))
    if (isTag) longest = Math.max(longest, end - at)
    at = xml.indexOf('<', at + 1)
  }
  return { tags, longest }
}

function tooLarge(url: string): Failure {
  const message = `${sourceName(url)} cannot be read: one part of it is too large for a feed.`
  return new Failure('feed-too-large', 'outside', message)
}

function emptyFeed(url: string, cause: unknown): Failure {
  const message = `${sourceName(url)} is a feed without a show and without episodes. Try again later.`
  return new Failure('feed-empty', 'outside', message, { cause })
}

function broken(url: string, cause: unknown): Failure {
  const message = `${sourceName(url)} is a feed with errors in its XML that cannot be mended. Tell its publisher.`
  return new Failure('feed-broken', 'outside', message, { cause })
}
