import type { DigestContent } from './digest-content.ts'
import { formatDigestFacts, formatLocalDate } from './format-digest.ts'
import type { DigestPlan } from './plan-digest.ts'
import { IN_THE_FOLDER, WHY_YOU_GET_THIS } from './render-digest-html.ts'
import { renderMissingText } from './render-missing.ts'

const RULE = '-'.repeat(40)

/**
 * The digest as plain text: the same items in the same order with the same links as the HTML,
 * rendered from the same content and plan. Lines of prose end before 72 characters.
 */
export function renderDigestText(content: DigestContent, plan: DigestPlan): string {
  const { links } = content
  const blocks = [
    `murmurcast · ${content.edition}\n${formatLocalDate(content.localDate)}\n${formatDigestFacts(content)}`,
  ]
  let listing = false
  for (const entry of plan.entries) {
    if (entry.story) blocks.push(`${RULE}\n\n${entry.story.text}`)
    if (entry.size !== 'line') blocks.push(`${RULE}\n\n${entry.fragment.text}`)
    else
      blocks.push(listing ? entry.fragment.text : `${RULE}\n\nALSO NEW\n\n${entry.fragment.text}`)
    listing = entry.size === 'line'
  }
  if (plan.entries.length === 0 && plan.moreCount === 0) {
    blocks.push(`${RULE}\n\nNothing new today from what you follow.`)
  }
  if (plan.moreCount > 0) {
    const where = links === null ? `${IN_THE_FOLDER}.` : `more on the web:\n${links.webView}`
    blocks.push(`${RULE}\n\n${plan.moreCount} ${where}`)
  }
  const missing = renderMissingText(content.missing, links?.webView ?? null)
  if (missing !== '') blocks.push(`${RULE}\n\n${missing}`)
  const foot = `${RULE}\n\nQuotes are word for word; each link opens that moment.`
  if (links === null) blocks.push(foot)
  else {
    blocks.push(
      `${foot}\n${WHY_YOU_GET_THIS}`,
      `Read on the web: ${links.webView}\nSettings: ${links.settings}\nUnsubscribe: ${links.unsubscribe}`,
    )
  }
  return `${blocks.join('\n\n')}\n`
}
