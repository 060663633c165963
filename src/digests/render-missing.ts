import type { MissingItem } from '../model/digest.ts'
import { cleanText } from './clean-text.ts'
import { clipText } from './clip-text.ts'
import {
  escapeHref,
  escapeHtml,
  fillPart,
  type Html,
  joinHtml,
  NOTHING,
} from './email/fill-part.ts'
import { missingMorePart, missingPart, missingRowPart } from './email/skeleton.generated.ts'
import { indentText, wrapText } from './wrap-text.ts'

const MAX_ROWS = 12
const MAX_WHAT = 110
const MAX_REASON = 180

/** Where the whole list is when there is no web to read it on. */
const IN_JSON = 'digest.json, beside this file, lists them all.'

/**
 * The block that says what is not here and why; nothing when all is here. `webView` is where the
 * whole list can be read, null for a digest in a folder.
 */
export function renderMissingHtml(missing: readonly MissingItem[], webView: string | null): Html {
  if (missing.length === 0) return NOTHING
  const rows = missing.slice(0, MAX_ROWS).map((item) =>
    fillPart(missingRowPart, {
      what: escapeHtml(nameMissing(item)),
      reason: escapeHtml(clipText(item.reason, MAX_REASON)),
    }),
  )
  const rest = missing.length - rows.length
  if (rest > 0) rows.push(renderRest(rest, webView))
  return fillPart(missingPart, { rows: joinHtml(rows) })
}

function renderRest(rest: number, webView: string | null): Html {
  if (webView === null) {
    return fillPart(missingRowPart, {
      what: escapeHtml(`${rest} more`),
      reason: escapeHtml(IN_JSON),
    })
  }
  const text = escapeHtml(`${rest} more, with their reasons`)
  return fillPart(missingMorePart, { url: escapeHref(webView), text })
}

/** The same as text; empty when all is here. */
export function renderMissingText(missing: readonly MissingItem[], webView: string | null): string {
  if (missing.length === 0) return ''
  const rows = missing
    .slice(0, MAX_ROWS)
    .map(
      (item) =>
        `${wrapText(nameMissing(item))}\n${indentText(wrapText(clipText(item.reason, MAX_REASON), 68))}`,
    )
  const rest = missing.length - rows.length
  if (rest > 0) {
    const where =
      webView === null ? `.\n${indentText(IN_JSON)}` : `, with their reasons:\n${webView}`
    rows.push(`${rest} more${where}`)
  }
  return cleanText(['MISSING TODAY, AND WHY', ...rows].join('\n\n'))
}

function nameMissing(item: MissingItem): string {
  const name =
    item.episodeTitle === null ? item.sourceTitle : `${item.sourceTitle}: ${item.episodeTitle}`
  return clipText(name, MAX_WHAT)
}
