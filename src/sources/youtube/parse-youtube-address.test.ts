import { describe, expect, it } from 'vitest'
import { parseYoutubeAddress } from './parse-youtube-address.ts'

const ID = 'UCabcdefghijklmnopqrstuv'
const channel = { kind: 'channel', channelId: ID }
const page = (what: string, path: string) => ({
  ...{ kind: 'page', what },
  url: `https://www.youtube.com${path}`,
})
const video = page('video', '/watch?v=GJLlxj_dtq8')
const list = { kind: 'playlist', playlistId: 'PLAD454F0807B6CB80' }

describe('parseYoutubeAddress', () => {
  it.each([
    [`www.youtube.com/channel/${ID}`, channel],
    [`m.youtube.com/channel/${ID}/videos?view=0`, channel],
    [`music.youtube.com/channel/${ID}`, channel],
    [`music.youtube.com/browse/${ID}`, channel],
    [`www.youtube.com/feeds/videos.xml?channel_id=${ID}`, channel],
    ['www.youtube.com/playlist?list=UUabcdefghijklmnopqrstuv', channel],
    ['www.youtube.com/@Tide', page('channel', '/@Tide')],
    ['www.youtube.com/@Tide/streams', page('channel', '/@Tide')],
    ['www.youtube.com/@%E6%BD%AE', page('channel', '/@%E6%BD%AE')],
    ['www.youtube.com/user/tide/featured', page('channel', '/user/tide')],
    ['www.youtube.com/feeds/videos.xml?user=tide', page('channel', '/user/tide')],
    ['www.youtube.com/c/Tide', page('channel', '/c/Tide')],
    ['youtube.com/tide', page('channel', '/tide')],
    ['www.youtube.com/watch?v=GJLlxj_dtq8&list=PLAD454F0807B6CB80&t=4s', video],
    ['youtu.be/GJLlxj_dtq8?si=abc', video],
    ['www.youtube.com/shorts/GJLlxj_dtq8', video],
    ['www.youtube.com/live/GJLlxj_dtq8?feature=share', video],
    ['www.youtube-nocookie.com/embed/GJLlxj_dtq8', video],
    ['music.youtube.com/watch?v=GJLlxj_dtq8', video],
    ['www.youtube.com/playlist?list=PLAD454F0807B6CB80', list],
    ['www.youtube.com/embed/videoseries?list=PLAD454F0807B6CB80', list],
    ['music.youtube.com/browse/VLPLAD454F0807B6CB80', list],
    ['www.youtube.com/feeds/videos.xml?playlist_id=PLAD454F0807B6CB80', list],
  ])('%s', (address, expected) => {
    expect(parseYoutubeAddress(new URL(`https://${address}`))).toEqual(expected)
  })

  it.each([
    ['www.youtube.com/', /no channel, video or playlist/],
    ['www.youtube.com/results?search_query=x', /no channel, video or playlist/],
    ['www.youtube.com/feed/subscriptions', /no channel, video or playlist/],
    ['youtu.be/', /no channel, video or playlist/],
    ['www.youtube.com/channel/UC1', /no channel “UC1”/],
    ['www.youtube.com/playlist?list=WL', /your own/],
    ['www.youtube.com/playlist?list=RDGJLlxj_dtq8', /mix/],
  ])('%s is none', (address, reason) => {
    const answer = parseYoutubeAddress(new URL(`https://${address}`))
    expect(answer).toMatchObject({ kind: 'none', reason: expect.stringMatching(reason) })
  })

  it.each(['youtube.com.evil.example/@a', 'notyoutube.com/@a', 'vimeo.com/1'])(
    '%s is not of YouTube',
    (address) => {
      expect(parseYoutubeAddress(new URL(`https://${address}`))).toBeUndefined()
    },
  )
})
