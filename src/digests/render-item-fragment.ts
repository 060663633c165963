import { cleanText } from './clean-text.ts'
import { clipText } from './clip-text.ts'
import type { DigestItem, DigestMoment } from './digest-content.ts'
import {
  escapeHref,
  escapeHtml,
  fillPart,
  type Html,
  joinHtml,
  NOTHING,
} from './email/fill-part.ts'
import {
  carriedPart,
  descriptionPart,
  itemPart,
  labelPart,
  linePart,
  momentPart,
  verdictPart,
} from './email/skeleton.generated.ts'
import {
  countOf,
  formatItemFacts,
  formatOrigin,
  formatPlace,
  formatVerdict,
} from './format-digest.ts'
import { renderStripHtml, renderStripText } from './render-strip.ts'
import { measureWireSize, type WireSize } from './wire-size.ts'
import { indentText, wrapText } from './wrap-text.ts'

/** `full`: all there is. `short`: one quotation, no strip. `line`: title and show. */
export type ItemSize = 'full' | 'short' | 'line'

/** One episode rendered both ways, with what it costs on the wire. */
export type ItemFragment = { html: Html; text: string; htmlSize: WireSize; textSize: WireSize }

const MAX_TITLE = 180
const MAX_SHOW = 70
const MAX_DESCRIPTION = 320
const MAX_QUOTE = 420
const MAX_LABEL = 90

/**
 * Renders one item. The result depends on the item alone, so it may be kept and used in the
 * digests of all readers; only `carriedLabel` belongs to one digest (null: none).
 */
export function renderItemFragment(
  item: DigestItem,
  size: ItemSize,
  carriedLabel: string | null = null,
): ItemFragment {
  const html = size === 'line' ? lineHtml(item, carriedLabel) : itemHtml(item, size, carriedLabel)
  const text = cleanText(itemText(item, size, carriedLabel))
  return { html, text, htmlSize: measureWireSize(html), textSize: measureWireSize(text) }
}

function lineHtml(item: DigestItem, carriedLabel: string | null): Html {
  return fillPart(linePart, {
    lang: escapeHtml(item.language),
    carried: carriedHtml(carriedLabel),
    url: escapeHref(item.pageUrl),
    title: escapeHtml(clipText(item.title, MAX_TITLE)),
    show: escapeHtml(clipText(item.show, MAX_SHOW)),
    facts: escapeHtml(factsAfterShow(item)),
  })
}

function itemHtml(item: DigestItem, size: 'full' | 'short', carriedLabel: string | null): Html {
  return fillPart(itemPart, {
    lang: escapeHtml(item.language),
    carried: carriedHtml(carriedLabel),
    show: escapeHtml(clipText(item.show, MAX_SHOW)),
    facts: escapeHtml(factsAfterShow(item)),
    url: escapeHref(item.pageUrl),
    title: escapeHtml(clipText(item.title, MAX_TITLE)),
    description:
      item.description === ''
        ? NOTHING
        : fillPart(descriptionPart, {
            text: escapeHtml(clipText(item.description, MAX_DESCRIPTION)),
          }),
    verdict: verdictHtml(item),
    moments: joinHtml(chooseMoments(item, size).map(momentHtml)),
    strip: size === 'full' && item.strip ? renderStripHtml(item.strip) : NOTHING,
    origin: escapeHtml(formatNote(item, size)),
  })
}

function carriedHtml(label: string | null): Html {
  return label === null ? NOTHING : fillPart(carriedPart, { text: escapeHtml(label) })
}

function verdictHtml({ verdict }: DigestItem): Html {
  if (verdict === null) return NOTHING
  const { advice, because } = formatVerdict(verdict)
  return fillPart(verdictPart, { advice: escapeHtml(advice), because: escapeHtml(because) })
}

function momentHtml(moment: DigestMoment): Html {
  return fillPart(momentPart, {
    label:
      moment.label === null
        ? NOTHING
        : fillPart(labelPart, { text: escapeHtml(clipText(moment.label, MAX_LABEL)) }),
    quote: escapeHtml(clipText(moment.quote, MAX_QUOTE)),
    speaker: escapeHtml(moment.speaker === null ? '' : `${clipText(moment.speaker, 60)} · `),
    url: escapeHref(moment.url),
    place: escapeHtml(formatPlace(moment.at)),
  })
}

function itemText(item: DigestItem, size: ItemSize, carriedLabel: string | null): string {
  const head = [
    ...(carriedLabel === null ? [] : [`[${carriedLabel}]`]),
    `${clipText(item.show, MAX_SHOW)}${factsAfterShow(item)}`,
    wrapText(clipText(item.title, MAX_TITLE)),
    item.pageUrl,
  ].join('\n')
  if (size === 'line') return head
  const blocks = [head]
  if (item.description !== '') blocks.push(wrapText(clipText(item.description, MAX_DESCRIPTION)))
  if (item.verdict !== null) {
    const { advice, because } = formatVerdict(item.verdict)
    blocks.push(wrapText(`${advice}: ${because}.`))
  }
  blocks.push(...chooseMoments(item, size).map(momentText))
  const strip = size === 'full' && item.strip ? `${renderStripText(item.strip)}\n` : ''
  blocks.push(strip + wrapText(formatNote(item, size)))
  return blocks.join('\n\n')
}

function momentText(moment: DigestMoment): string {
  const label = moment.label === null ? '' : `${clipText(moment.label, MAX_LABEL)}\n`
  const speaker = moment.speaker === null ? '' : `${clipText(moment.speaker, 60)}, `
  const quote = wrapText(`“${clipText(moment.quote, MAX_QUOTE)}”`, 68)
  return indentText(`${label}${quote}\n— ${speaker}${formatPlace(moment.at)}\n${moment.url}`)
}

function chooseMoments(item: DigestItem, size: ItemSize): DigestMoment[] {
  return size === 'full' ? item.moments : item.moments.slice(0, 1)
}

function factsAfterShow(item: DigestItem): string {
  return formatItemFacts(item)
    .map((fact) => ` · ${fact}`)
    .join('')
}

function formatNote(item: DigestItem, size: ItemSize): string {
  const origin = formatOrigin(item)
  if (size !== 'full' || item.strip === null) return origin
  const chapters = item.strip.chapterStarts.length + 1
  const parts = chapters > 1 ? `${countOf(chapters, 'chapter')}; quoted` : 'Quoted'
  return `${parts} parts in colour. ${origin}`
}
