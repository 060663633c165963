import { setImmediate as breathe } from 'node:timers/promises'
import { guidOf } from './draft-episode.ts'
import type { FeedRoot } from './recognise-feed.ts'

/** Where an item stands in its document, and its guid where a scan can tell it for certain. */
export interface ItemSpan {
  start: number
  end: number
  guid: string | null
}

export interface FeedOutline {
  items: ItemSpan[]
  /** Where the items' region of the text ends, when it breaks off inside an item. */
  brokenAt: number | null
}

const CDATA_START = '<![CDATA['
const CDATA_END = ']]>'
const ITEMS_PER_BREATH = 10_000

/**
 * Finds the items of a feed by searching for their tags, without parsing: many times faster than a
 * parse. Null when it cannot be sure that a parser would see the same items: entries with a prefix,
 * items within items, items in two places or spellings, prefixes with two meanings.
 */
export async function outlineFeed(xml: string, root: FeedRoot): Promise<FeedOutline | null> {
  const tag = itemTagOf(xml, root)
  const hidden = hiddenSpans(xml)
  const items: ItemSpan[] = []
  let brokenAt: number | null = null
  let at = 0
  while (true) {
    const start = nextTag(xml, `<${tag}`, at, hidden)
    if (start < 0) break
    const end = itemEnd(xml, { tag, start, hidden })
    if (end === 'nested') return null
    if (end === null) {
      brokenAt = start
      break
    }
    items.push({ start, end, guid: guidIn(xml.slice(start, end), root) })
    at = end
    if (items.length % ITEMS_PER_BREATH === 0) await breathe()
  }
  const known = brokenAt === null ? xml : xml.slice(0, brokenAt)
  const isCertain = isPlainFrame(known, items, root) && !hasAmbiguousPrefix(xml, items[0]?.start)
  return isCertain ? { items, brokenAt } : null
}

/** CDATA sections and comments, found one after another as the scan goes on. */
interface HiddenSpans {
  /** The end of the hidden span that holds `at`, or -1. Asked in ascending order only. */
  endOf(at: number): number
}

function hiddenSpans(xml: string): HiddenSpans {
  let start = -1
  let end = 0
  let nextCdata = xml.indexOf(CDATA_START)
  let nextComment = xml.indexOf('<!--')
  const advance = () => {
    if (nextCdata >= 0 && nextCdata < end) nextCdata = xml.indexOf(CDATA_START, end)
    if (nextComment >= 0 && nextComment < end) nextComment = xml.indexOf('<!--', end)
    const isCdata = nextCdata >= 0 && (nextComment < 0 || nextCdata < nextComment)
    start = isCdata ? nextCdata : nextComment
    if (start < 0) return false
    const close = xml.indexOf(isCdata ? CDATA_END : '-->', start)
    end = close < 0 ? xml.length : close + 3
    return true
  }
  return {
    endOf(at) {
      while (end <= at) if (!advance()) return -1
      return start >= 0 && start <= at ? end : -1
    },
  }
}

/** The next `tag` outside CDATA and comments that is not the start of a longer name. */
function nextTag(xml: string, tag: string, from: number, hidden: HiddenSpans): number {
  let at = xml.indexOf(tag, from)
  while (at >= 0) {
    const end = hidden.endOf(at)
    if (end < 0 && isNameEnd(xml.charCodeAt(at + tag.length))) return at
    at = xml.indexOf(tag, end < 0 ? at + tag.length : end)
  }
  return -1
}

function itemEnd(
  xml: string,
  { tag, start, hidden }: { tag: string; start: number; hidden: HiddenSpans },
): number | 'nested' | null {
  const open = xml.indexOf('>', start)
  if (open < 0) return null
  if (xml.charCodeAt(open - 1) === 47) return open + 1
  const close = nextTag(xml, `</${tag}`, open, hidden)
  if (close < 0) return null
  const next = xml.indexOf(`<${tag}`, open)
  if (next >= 0 && next < close && holdsTag(xml.slice(open, close), `<${tag}`)) return 'nested'
  const end = xml.indexOf('>', close)
  return end < 0 ? null : end + 1
}

function holdsTag(xml: string, tag: string): boolean {
  return nextTag(xml, tag, 0, hiddenSpans(xml)) >= 0
}

/** White space, `/`, `>` or the end of the text. */
function isNameEnd(code: number): boolean {
  return code <= 32 || code === 47 || code === 62 || Number.isNaN(code)
}

/** The items' tag as this document spells it. */
function itemTagOf(xml: string, root: FeedRoot): string {
  const name = root === 'atom' ? 'entry' : 'item'
  const spellings = [name, name.toUpperCase(), `${name.charAt(0).toUpperCase()}${name.slice(1)}`]
  return spellings.find((spelling) => xml.includes(`<${spelling}`)) ?? name
}

/**
 * The guid of an item, only when no other reading is possible: one element of that name, outside
 * CDATA, holding plain text or one CDATA section.
 */
function guidIn(item: string, root: FeedRoot): string | null {
  if (root === 'rdf') return null
  const tag = root === 'atom' ? 'id' : 'guid'
  const open = item.indexOf(`<${tag}`)
  if (open < 0 || !isNameEnd(item.charCodeAt(open + tag.length + 1))) return null
  const from = item.indexOf('>', open) + 1
  const to = item.indexOf(`</${tag}>`, from)
  if (from === 0 || to < 0 || item.charCodeAt(from - 2) === 47) return null
  if (item.indexOf(`<${tag}`, to) >= 0) return null
  if (hiddenSpans(item.slice(0, open)).endOf(open - 1) >= 0) return null
  return plainGuid(item.slice(from, to))
}

function plainGuid(raw: string): string | null {
  const text = raw.trim()
  const isCdata = text.startsWith(CDATA_START) && text.endsWith(CDATA_END)
  const inner = isCdata ? text.slice(CDATA_START.length, -CDATA_END.length) : text
  if (inner.includes('<') || inner.includes(CDATA_END)) return null
  return !isCdata && inner.includes('&') ? null : guidOf(inner)
}

/**
 * True when what stands around the items holds no other ones, with a prefix or in another
 * spelling, and no end of the channel between them: to a parser those would be two lists.
 */
function isPlainFrame(xml: string, items: readonly ItemSpan[], root: FeedRoot): boolean {
  const other = root === 'atom' ? /<(?:[\w.-]+:)?entry[\s/>]/i : /<(?:[\w.-]+:)?item[\s/>]/i
  let at = 0
  for (const [index, { start, end }] of items.entries()) {
    const gap = xml.slice(at, start)
    at = end
    if (gap.length < 7) continue
    if (other.test(withoutHidden(gap))) return false
    if (index > 0 && root !== 'atom' && /<\/channel[\s>]/i.test(gap)) return false
  }
  // A frame longer than this is refused in any case.
  return !other.test(withoutHidden(xml.slice(at, at + 2_000_000)))
}

function withoutHidden(xml: string): string {
  if (!xml.includes('<!')) return xml
  const hidden = hiddenSpans(xml)
  const shown: string[] = []
  let from = 0
  for (let at = xml.indexOf('<!'); at >= 0; at = xml.indexOf('<!', Math.max(at + 2, from))) {
    const end = hidden.endOf(at)
    if (end < 0) continue
    shown.push(xml.slice(from, at))
    from = end
  }
  return shown.join('') + xml.slice(from)
}

/** A prefix that stands for two namespaces makes an item's meaning depend on the ones before. */
function hasAmbiguousPrefix(xml: string, from: number | undefined): boolean {
  if (from === undefined || xml.indexOf('xmlns:', from) < 0) return false
  const meanings = new Map<string, string>()
  for (const [, prefix = '', double, single] of xml.matchAll(
    /\bxmlns:([\w.-]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g,
  )) {
    const meaning = (double ?? single ?? '').trim().toLowerCase()
    const other = meanings.get(prefix)
    if (other !== undefined && other !== meaning) return true
    meanings.set(prefix, meaning)
  }
  return false
}
