import type { DigestContent } from './digest-content.ts'
import { escapeHref, escapeHtml, fillPart, type Html, joinHtml } from './email/fill-part.ts'
import { emptyPart, framePart, linesHeadPart, morePart } from './email/skeleton.generated.ts'
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
  if (plan.moreCount > 0) {
    body.push(
      fillPart(morePart, {
        url: escapeHref(content.links.webView),
        text: escapeHtml(`${plan.moreCount} more on the web`),
      }),
    )
  }
  body.push(renderMissingHtml(content.missing, content.links.webView))
  const date = formatLocalDate(content.localDate)
  return fillPart(framePart, {
    language: escapeHtml('en'),
    title: escapeHtml(`murmurcast, ${date}`),
    edition: escapeHtml(content.edition),
    date: escapeHtml(date),
    facts: escapeHtml(formatDigestFacts(content)),
    body: joinHtml(body),
    webView: escapeHref(content.links.webView),
    settings: escapeHref(content.links.settings),
    unsubscribe: escapeHref(content.links.unsubscribe),
  })
}
