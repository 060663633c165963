import type { DiscoveredEpisode } from '../../model/episode.ts'
import type { SourceKind } from '../../model/source.ts'

const SHORT_LINK = /^[^?#]*\/shorts\/[\w-]+/
const SHORT_TITLE = /(?:^|\s)#shorts?(?=\s|$)/i

/**
 * Why an episode is known but not worked on, as a sentence for readers; null for what is. Shorts of
 * a channel are recognised by their link and, in feeds that link them as videos, by their mark.
 */
export function whyLeftOut(
  { link, title }: Pick<DiscoveredEpisode, 'link' | 'title'>,
  kind: SourceKind,
): string | null {
  if (kind !== 'youtube') return null
  const isShort = SHORT_LINK.test(link ?? '') || SHORT_TITLE.test(title)
  return isShort ? 'It is a Short, and Shorts are left out.' : null
}
