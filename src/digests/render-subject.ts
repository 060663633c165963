import { cleanLine } from './clean-text.ts'
import { clipText } from './clip-text.ts'
import type { DigestContent } from './digest-content.ts'
import { countOf, formatLocalDate } from './format-digest.ts'

const MAX_TITLE = 70

/**
 * The subject line: the first thing told, how much more there is, and the date, such as
 * `The sea gate that stayed open, and 6 more · Mon 23 Nov`. Plain text on one line, at most 110
 * characters; encoding it for a mail header is the mailer's work.
 */
export function renderSubject(content: DigestContent): string {
  const date = formatLocalDate(content.localDate, 'short')
  const first = content.items[0]
  if (!first) {
    return content.missing.length > 0
      ? `Nothing new, and ${countOf(content.missing.length, 'item')} missing · ${date}`
      : `Nothing new · ${date}`
  }
  const story = content.stories.find((s) => s.episodeIds.includes(first.episodeId))
  const told = story?.episodeIds.length ?? 1
  const title = clipText(cleanLine(story?.title ?? first.title), MAX_TITLE)
  const rest = content.items.length - told + content.moreCount
  return `${title}${rest > 0 ? `, and ${rest} more` : ''} · ${date}`
}
