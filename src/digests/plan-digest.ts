import type { DigestContent, DigestItem, DigestStory } from './digest-content.ts'
import { framePart, waysPart } from './email/skeleton.generated.ts'
import { type ItemFragment, type ItemSize, renderItemFragment } from './render-item-fragment.ts'
import { renderStory, type StoryFragment } from './render-story.ts'
import { addWireSize, measureWireSize, type WireSize, wireBytes } from './wire-size.ts'

/** Gmail clips at 102 KB and hides the unsubscribe link with what it clips. */
export const MAX_HTML_BYTES = 80_000
/** HTML and text as the mail carries them, header lines included. */
export const MAX_WIRE_BYTES = 100_000
/** Items in one mail; what is over waits on the web. */
export const MAX_ITEMS = 40

/** Headers, boundaries, and what the frame's few words may take at most. */
const WIRE_RESERVE = 4_000
/** The block of missing items is kept below this by `render-missing.ts`. */
const MISSING_RESERVE = 8_000

export type PlanEntry = {
  item: DigestItem
  size: ItemSize
  fragment: ItemFragment
  /** The story that begins with this item. */
  story: StoryFragment | null
}

/** What goes into the mail and how large, and how many items wait on the web. */
export type DigestPlan = { entries: PlanEntry[]; moreCount: number }

/** Fragments already rendered, by item object and size. */
export type FragmentCache = WeakMap<DigestItem, Partial<Record<ItemSize, ItemFragment>>>

/**
 * Decides how large each item is shown so that the mail stays in its limits: as many items as
 * possible in one line each, then from the top as many as possible in full, then in short. Items
 * of one story stand together. The HTML and the text part are rendered from the same plan.
 */
export function planDigest(
  content: DigestContent,
  cache: FragmentCache = new WeakMap(),
): DigestPlan {
  const carried = new Set(content.carriedEpisodeIds)
  const label = carriedLabel(content)
  const fragmentOf: FragmentOf = (item, size) =>
    carried.has(item.episodeId)
      ? renderItemFragment(item, size, label)
      : getFragment(item, size, cache)
  const stories = content.stories.map((story) => ({ story, fragment: renderStory(story) }))
  const items = orderByStory(content)
  const entries =
    planInFull(items, stories, { budget: startBudget(content), fragmentOf }) ??
    planBySize(items, stories, { budget: startBudget(content), fragmentOf })
  return { entries, moreCount: content.items.length - entries.length + content.moreCount }
}

type FragmentOf = (item: DigestItem, size: ItemSize) => ItemFragment
type ToldStory = { story: DigestStory; fragment: StoryFragment }
type Means = { budget: Budget; fragmentOf: FragmentOf }

/** Most mornings: everything in full. Null when that is too much. */
function planInFull(
  items: readonly DigestItem[],
  stories: readonly ToldStory[],
  { budget, fragmentOf }: Means,
): PlanEntry[] | null {
  if (items.length > MAX_ITEMS) return null
  const untold = new Set(stories)
  const entries: PlanEntry[] = []
  for (const item of items) {
    const story = takeStory(untold, item)
    const fragment = fragmentOf(item, 'full')
    if (!budget.spend(fragment, null) || (story && !budget.spend(story, null))) return null
    entries.push({ item, size: 'full', fragment, story })
  }
  return entries
}

function planBySize(
  items: readonly DigestItem[],
  stories: readonly ToldStory[],
  { budget, fragmentOf }: Means,
): PlanEntry[] {
  const entries: PlanEntry[] = []
  for (const item of items) {
    if (entries.length === MAX_ITEMS) break
    const fragment = fragmentOf(item, 'line')
    if (budget.spend(fragment, null)) entries.push({ item, size: 'line', fragment, story: null })
  }
  enlarge(entries, stories, { budget, fragmentOf })
  return entries
}

function takeStory(untold: Set<ToldStory>, item: DigestItem): StoryFragment | null {
  for (const told of untold) {
    if (!told.story.episodeIds.includes(item.episodeId)) continue
    untold.delete(told)
    return told.fragment
  }
  return null
}

/** What a carried item says above its title. */
export function carriedLabel(content: Pick<DigestContent, 'edition'>): string {
  const last = content.edition === 'daily' ? 'yesterday' : 'last week'
  return `From ${last}, in case it did not arrive`
}

type Budget = ReturnType<typeof createBudget>

function enlarge(
  entries: PlanEntry[],
  stories: readonly ToldStory[],
  { budget, fragmentOf }: Means,
): void {
  const untold = new Set(stories)
  let sizes: readonly ('full' | 'short')[] = ['full', 'short']
  for (const entry of entries) {
    const story = takeStory(untold, entry.item)
    if (story && budget.spend(story, null)) entry.story = story
    for (const size of sizes) {
      const fragment = fragmentOf(entry.item, size)
      if (!budget.spend(fragment, entry.fragment)) continue
      entry.fragment = fragment
      entry.size = size
      break
    }
    if (entry.size === 'line') return
    // Sizes never grow again further down: the order of the page is the order of importance.
    if (entry.size === 'short') sizes = ['short']
  }
}

function getFragment(item: DigestItem, size: ItemSize, cache: FragmentCache): ItemFragment {
  const known = cache.get(item) ?? {}
  const fragment = known[size] ?? renderItemFragment(item, size)
  known[size] = fragment
  cache.set(item, known)
  return fragment
}

/** Items in order, with the members of a story drawn up to the first of them. */
function orderByStory(content: DigestContent): DigestItem[] {
  const byId = new Map(content.items.map((item) => [item.episodeId, item]))
  const ordered = new Set<DigestItem>()
  for (const item of content.items) {
    ordered.add(item)
    const story = content.stories.find((s) => s.episodeIds.includes(item.episodeId))
    for (const id of story?.episodeIds ?? []) {
      const member = byId.get(id)
      if (member) ordered.add(member)
    }
  }
  return [...ordered]
}

const FRAME_SIZE = measureWireSize([...framePart.text, ...waysPart.text].join(''))

function startBudget(content: DigestContent): Budget {
  const links = measureWireSize(
    Object.values(content.links ?? {}).join('') + (content.links?.webView ?? ''),
  )
  const missing = content.missing.length > 0 ? MISSING_RESERVE : 0
  return createBudget({
    html: addWireSize(addWireSize(FRAME_SIZE, links), { bytes: missing, quotedPrintable: missing }),
    text: links,
  })
}

type Sized = { htmlSize: WireSize; textSize: WireSize }

function createBudget(used: { html: WireSize; text: WireSize }) {
  /** Spends `more` in place of `instead` and says true, or spends nothing and says false. */
  function spend(more: Sized, instead: Sized | null): boolean {
    const html = replaceSize(used.html, more.htmlSize, instead?.htmlSize)
    const text = replaceSize(used.text, more.textSize, instead?.textSize)
    const wire = wireBytes(html) + wireBytes(text) + WIRE_RESERVE
    if (html.bytes + WIRE_RESERVE > MAX_HTML_BYTES || wire > MAX_WIRE_BYTES) return false
    used.html = html
    used.text = text
    return true
  }
  return { spend }
}

function replaceSize(total: WireSize, more: WireSize, instead?: WireSize): WireSize {
  const sum = addWireSize(total, more)
  return instead
    ? {
        bytes: sum.bytes - instead.bytes,
        quotedPrintable: sum.quotedPrintable - instead.quotedPrintable,
      }
    : sum
}
