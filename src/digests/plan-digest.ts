import type { DigestContent, DigestItem, DigestStory } from './digest-content.ts'
import { framePart } from './email/skeleton.generated.ts'
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
  const budget = startBudget(content)
  const carried = new Set(content.carriedEpisodeIds)
  const label = carriedLabel(content)
  const fragmentOf = (item: DigestItem, size: ItemSize): ItemFragment =>
    carried.has(item.episodeId)
      ? renderItemFragment(item, size, label)
      : getFragment(item, size, cache)

  const entries: PlanEntry[] = []
  for (const item of orderByStory(content)) {
    const fragment = fragmentOf(item, 'line')
    if (entries.length < MAX_ITEMS && budget.spend(fragment, null)) {
      entries.push({ item, size: 'line', fragment, story: null })
    }
  }
  enlarge(entries, content.stories, { budget, fragmentOf })
  return { entries, moreCount: content.items.length - entries.length + content.moreCount }
}

/** What a carried item says above its title. */
export function carriedLabel(content: Pick<DigestContent, 'edition'>): string {
  const last = content.edition === 'daily' ? 'yesterday' : 'last week'
  return `From ${last}, in case it did not arrive`
}

type Budget = ReturnType<typeof createBudget>

function enlarge(
  entries: PlanEntry[],
  stories: readonly DigestStory[],
  {
    budget,
    fragmentOf,
  }: { budget: Budget; fragmentOf: (i: DigestItem, s: ItemSize) => ItemFragment },
): void {
  const untold = new Map(stories.map((story) => [story.episodeIds, renderStory(story)]))
  let size: ItemSize = 'full'
  for (const entry of entries) {
    const opened = [...untold].find(([ids]) => ids.includes(entry.item.episodeId))
    if (opened && budget.spend(opened[1], null)) {
      entry.story = opened[1]
      untold.delete(opened[0])
    }
    for (const next of size === 'full' ? (['full', 'short'] as const) : (['short'] as const)) {
      const fragment = fragmentOf(entry.item, next)
      if (!budget.spend(fragment, entry.fragment)) continue
      entry.fragment = fragment
      entry.size = next
      break
    }
    if (entry.size === 'line') return
    // Sizes never grow again further down: the order of the page is the order of importance.
    size = entry.size
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

const FRAME_SIZE = measureWireSize(framePart.text.join(''))

function startBudget(content: DigestContent): Budget {
  const links = measureWireSize(Object.values(content.links).join('') + content.links.webView)
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
