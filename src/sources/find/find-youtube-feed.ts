import { findChannel } from '../youtube/find-channel.ts'
import type { YoutubeAddress } from '../youtube/parse-youtube-address.ts'
import { youtubeFeedUrl } from '../youtube/youtube-feed-url.ts'
import { type FindMeans, readAddress } from './read-address.ts'

export type YoutubeAnswer = { found: true; feedUrl: string } | { found: false; reason: string }

/** The answer “reject all” to YouTube's question about cookies, which hides pages in Europe. */
const HEADERS = { cookie: 'SOCS=CAI', 'accept-language': 'en' }

const WHY_NOT = {
  'asks-for-consent': 'asks for consent to cookies before it shows this page',
  'suspects-a-robot': 'takes this machine for a robot and does not show this page',
  'names-no-channel': 'does not say on this page whose it is; it may have been removed',
}

/** Finds the feed of what an address of YouTube names; reads one page where it names no id. */
export async function findYoutubeFeed(
  address: YoutubeAddress,
  means: FindMeans,
): Promise<YoutubeAnswer> {
  if (address.kind === 'none') return { found: false, reason: address.reason }
  if (address.kind !== 'page') return { found: true, feedUrl: youtubeFeedUrl(address) }
  const content = await readAddress(address.url, means, HEADERS)
  const answer =
    content.is === 'page'
      ? findChannel(content.html, content.url)
      : ({ found: false, reason: 'names-no-channel' } as const)
  if (answer.found) {
    return {
      found: true,
      feedUrl: youtubeFeedUrl({ kind: 'channel', channelId: answer.channelId }),
    }
  }
  const advice = 'Paste the channel’s address with its id: https://www.youtube.com/channel/UC…'
  return { found: false, reason: `YouTube ${WHY_NOT[answer.reason]}. ${advice}` }
}
