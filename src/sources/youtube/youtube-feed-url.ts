/** What of YouTube has a feed: a channel by its id (`UC…`) or a playlist by its own. */
export type YoutubeFeed =
  | { kind: 'channel'; channelId: string }
  | { kind: 'playlist'; playlistId: string }

const FEED = 'https://www.youtube.com/feeds/videos.xml'

/** The address of the public feed, which lists the newest fifteen videos. */
export function youtubeFeedUrl(feed: YoutubeFeed): string {
  if (feed.kind === 'channel') return `${FEED}?channel_id=${feed.channelId}`
  return `${FEED}?playlist_id=${feed.playlistId}`
}
