import { parseFeed as parseWithFeedsmith } from 'feedsmith'
import { parseFeed } from '../../src/sources/feed/parse-feed.ts'
import { compare, type Row, ratioRow } from '../row.ts'
import { guidOf, renderSyntheticFeed } from '../synthetic-feed.ts'

const ITEMS = 600
const NEW_ITEMS = 3
const NEWEST = new Date('2026-11-20T06:00:00Z')
const URL_OF_FEED = 'https://show.example/feed.xml'

/** A long feed in which all but three episodes are known. */
export const parseRow: Row = {
  name: 'parse',
  async measure() {
    const feed = renderSyntheticFeed({ items: ITEMS, words: 1300, newest: NEWEST })
    const known = Array.from({ length: ITEMS - NEW_ITEMS }, (_, index) => guidOf(index + 1))
    const knownGuids = new Set(known)
    const result = await compare(
      async () => {
        const { episodes } = await parseFeed(feed, { url: URL_OF_FEED, now: NEWEST, knownGuids })
        if (episodes.length !== NEW_ITEMS) throw new Error(`${episodes.length} new episodes`)
        return 1
      },
      async () => {
        const parsed = parseWithFeedsmith(feed)
        if (parsed.format !== 'rss' || parsed.feed.items?.length !== ITEMS) throw new Error('no')
        return 1
      },
      { rounds: 15 },
    )
    const megabytes = (feed.length / 1e6).toFixed(1)
    const work = `${megabytes} MB feed, ${ITEMS} items, ${NEW_ITEMS} new`
    return [ratioRow({ name: 'parse', work, peerName: 'feedsmith', atLeast: 4 }, result)]
  },
}
