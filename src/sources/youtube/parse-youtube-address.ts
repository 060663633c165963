import type { YoutubeFeed } from './youtube-feed-url.ts'

/** What an address of YouTube names. A page tells the channel only when it is read. */
export type YoutubeAddress =
  | YoutubeFeed
  /** A channel by handle or name, or a video; `url` is the page that names the channel. */
  | { kind: 'page'; what: 'channel' | 'video'; url: string }
  /** Nothing that could be followed; `reason` is a sentence for the reader. */
  | { kind: 'none'; reason: string }

const HOSTS = /^(?:(?:www|m|music|gaming)\.)?youtube(?:-nocookie)?\.com$/
const SITE = 'https://www.youtube.com'
const CHANNEL_ID = /^UC[\w-]{22}$/
const PLAYLIST_ID = /^(?:PL|FL|OLAK5uy_|UU(?:LF|LV|SH|MO|LP|PS|MF|MS|MV)?)[\w-]{10,60}$/
const VIDEO_ID = /^[\w-]{11}$/

/** First parts of paths that are YouTube's own and no channel's name. */
const OWN_PAGES = new Set(
  `about account ads ads.txt audiolibrary creators explore feed gaming hashtag howyoutubeworks
   intl jobs kids live_chat logout new post premium press redirect results s signin supported_browsers
   t tv upload yt`.split(/\s+/),
)

/**
 * What an address of YouTube names, in any of its spellings: channel, handle, user, custom name,
 * video, Short, live, playlist, music and `youtu.be`. Undefined for other hosts.
 *
 * A video that is given within a playlist names the channel of the video.
 */
export function parseYoutubeAddress(url: URL): YoutubeAddress | undefined {
  const host = url.hostname.replace(/\.$/, '')
  const steps = url.pathname.split('/').filter((step) => step !== '')
  if (host === 'youtu.be') return videoOf(steps[0])
  if (!HOSTS.test(host)) return undefined
  const [first = '', second = ''] = steps
  switch (first) {
    case 'channel':
    case 'browse':
      return browsed(second)
    case 'user':
    case 'c':
      return second === '' ? notOne() : channelPage(`/${first}/${encoded(second)}`)
    case 'watch':
      return videoOf(url.searchParams.get('v') ?? second)
    case 'shorts':
    case 'live':
    case 'embed':
    case 'v':
    case 'e':
      return second === 'videoseries' ? listOf(url.searchParams.get('list')) : videoOf(second)
    case 'playlist':
      return listOf(url.searchParams.get('list'))
    case 'feeds':
      return feedOf(url.searchParams)
    default:
      return nameOf(first)
  }
}

function nameOf(name: string): YoutubeAddress {
  if (name === '' || OWN_PAGES.has(name.toLowerCase())) return notOne()
  return channelPage(`/${encoded(name)}`)
}

function feedOf(query: URLSearchParams): YoutubeAddress {
  const user = query.get('user')
  if (user !== null) return channelPage(`/user/${encoded(user)}`)
  const channelId = query.get('channel_id')
  return channelId === null ? listOf(query.get('playlist_id')) : browsed(channelId)
}

/** Ids as they stand in paths: of a channel, or of a playlist with a `VL` before it. */
function browsed(id: string): YoutubeAddress {
  if (CHANNEL_ID.test(id)) return { kind: 'channel', channelId: id }
  if (id.startsWith('VL')) return listOf(id.slice(2))
  const message = 'A channel’s id is “UC” and 22 more characters. Copy the address again.'
  return { kind: 'none', reason: `YouTube has no channel “${id.slice(0, 40)}”. ${message}` }
}

function listOf(id: string | null): YoutubeAddress {
  if (id !== null && /^UU[\w-]{22}$/.test(id)) {
    // The list of all uploads of a channel is the channel.
    return { kind: 'channel', channelId: `UC${id.slice(2)}` }
  }
  if (id !== null && PLAYLIST_ID.test(id)) return { kind: 'playlist', playlistId: id }
  if (id === 'WL' || id === 'LL' || id === 'LM') {
    return none(
      'This list is your own and YouTube shows it to nobody else. Make a public playlist.',
    )
  }
  if (id?.startsWith('RD')) {
    return none('A mix is made anew for everyone who opens it. Paste a channel or a playlist.')
  }
  return notOne()
}

function videoOf(id: string | undefined): YoutubeAddress {
  if (id === undefined || !VIDEO_ID.test(id)) return notOne()
  return { kind: 'page', what: 'video', url: `${SITE}/watch?v=${id}` }
}

function channelPage(path: string): YoutubeAddress {
  return { kind: 'page', what: 'channel', url: SITE + path }
}

function notOne(): YoutubeAddress {
  return none('This page of YouTube is no channel, video or playlist. Paste the address of one.')
}

const none = (reason: string): YoutubeAddress => ({ kind: 'none', reason })

/** A part of a path as it is spelled in addresses, whether it came encoded or not. */
function encoded(name: string): string {
  try {
    return encodeURIComponent(decodeURIComponent(name)).replaceAll('%40', '@')
  } catch {
    return encodeURIComponent(name)
  }
}
