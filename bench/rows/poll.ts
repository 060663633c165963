import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import RssParser from 'rss-parser'
import { createGuardedFetch } from '../../src/platform/http/guarded-fetch.ts'
import { type FeedTraces, readFeed } from '../../src/sources/feed/read-feed.ts'
import { compare, type Round, type Row, ratioRow } from '../row.ts'
import { renderSyntheticFeed } from '../synthetic-feed.ts'

const POLLS = 3000
const PEER_POLLS = 120
const AT_A_TIME = 16
const NEWEST = new Date('2026-11-20T06:00:00Z')

/** Does `poll` so many times, a few at a time. */
async function repeat(count: number, poll: () => Promise<unknown>): Promise<number> {
  let left = count
  const take = async (): Promise<void> => {
    while (left-- > 0) await poll()
  }
  await Promise.all(Array.from({ length: AT_A_TIME }, take))
  return count
}

/** An unchanged feed of 220 KB: by its body's hash, and where the server knows ETags by that. */
export const pollRow: Row = {
  name: 'poll',
  async measure() {
    const feed = renderSyntheticFeed({ items: 40, words: 700, newest: NEWEST })
    const server = new Worker(new URL('../feed-worker.ts', import.meta.url), { workerData: feed })
    const [port] = (await once(server, 'message')) as [number]
    await using fetch = createGuardedFetch({ allow: [`127.0.0.1:${port}`] })
    const pollBy = async (path: string, by: 'etag' | 'body-hash'): Promise<Round> => {
      const url = `http://127.0.0.1:${port}${path}`
      const first = await readFeed({ url, fetch, now: NEWEST })
      const previous: FeedTraces = first
      return () =>
        repeat(POLLS, async () => {
          const reading = await readFeed({ url, fetch, now: NEWEST, previous })
          if (reading.outcome !== 'unchanged' || reading.by !== by) throw new Error('not by that')
        })
    }
    const parser = new RssParser()
    const peerBy = (path: string): Round => {
      return () => repeat(PEER_POLLS, () => parser.parseURL(`http://127.0.0.1:${port}${path}`))
    }
    try {
      const size = `${Math.round(feed.length / 1000)} KB feed, unchanged`
      const about = { name: 'poll', peerName: 'rss-parser', unit: 'rate' as const }
      const byHash = await compare(await pollBy('/plain', 'body-hash'), peerBy('/plain'))
      const byEtag = await compare(await pollBy('/etag', 'etag'), peerBy('/etag'))
      return [
        ratioRow({ ...about, work: `${size}: 200, same body`, atLeast: 15 }, byHash),
        ratioRow({ ...about, work: `${size}: 304 by its ETag`, atLeast: 15 }, byEtag),
      ]
    } finally {
      await server.terminate()
    }
  },
}
