import type { DigestContent } from './digest-content.ts'
import {
  escapeHref,
  escapeHtml,
  fillPart,
  type Html,
  joinHtml,
  NOTHING,
} from './email/fill-part.ts'
import {
  emptyPart,
  framePart,
  linesHeadPart,
  moreHerePart,
  morePart,
  waysPart,
} from './email/skeleton.generated.ts'
import { formatDigestFacts, formatLocalDate } from './format-digest.ts'
import type { DigestPlan } from './plan-digest.ts'
import { renderMissingHtml } from './render-missing.ts'

/**
 * The digest as an HTML mail: one column, no images, no scripts, nothing loaded from elsewhere,
 * light and dark, at most `MAX_HTML_BYTES`. All text is escaped; `plan` comes from `planDigest`
 * of the same content.
 */
export function renderDigestHtml(content: DigestContent, plan: DigestPlan): string {
  const body: Html[] = []
  let listing = false
  for (const entry of plan.entries) {
    if (entry.story) body.push(entry.story.html)
    if (entry.size === 'line' && !listing) body.push(fillPart(linesHeadPart, {}))
    listing = entry.size === 'line'
    body.push(entry.fragment.html)
  }
  if (plan.entries.length === 0 && plan.moreCount === 0) body.push(fillPart(emptyPart, {}))
  if (plan.moreCount > 0) body.push(renderMore(plan.moreCount, content.links))
  body.push(renderMissingHtml(content.missing, content.links?.webView ?? null))
  const date = formatLocalDate(content.localDate)
  return fillPart(framePart, {
    language: escapeHtml('en'),
    title: escapeHtml(`murmurcast, ${date}`),
    edition: escapeHtml(content.edition),
    date: escapeHtml(date),
    facts: escapeHtml(formatDigestFacts(content)),
    body: joinHtml(body),
    reason: escapeHtml(content.links === null ? '' : ` ${WHY_YOU_GET_THIS}`),
    ways: renderWays(content.links),
  })
}

/** Said at the foot of a digest that somebody has subscribed to. */
export const WHY_YOU_GET_THIS = 'You get this because you follow these sources in murmurcast.'
/** Where the rest is when there is no web to read it on. */
export const IN_THE_FOLDER = 'more beside this file, in the folder “episodes”'

function renderMore(count: number, links: DigestContent['links']): Html {
  if (links === null) {
    return fillPart(moreHerePart, { text: escapeHtml(`${count} ${IN_THE_FOLDER}`) })
  }
  const text = escapeHtml(`${count} more on the web`)
  return fillPart(morePart, { url: escapeHref(links.webView), text })
}

function renderWays(links: DigestContent['links']): Html {
  if (links === null) return NOTHING
  return fillPart(waysPart, {
    webView: escapeHref(links.webView),
    settings: escapeHref(links.settings),
    unsubscribe: escapeHref(links.unsubscribe),
  })
}
