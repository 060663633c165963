const WORDS = (
  'harbour engine ledger winter signal copper bridge orchard lantern council tide market window ' +
  'letter station garden number kitchen river paper morning captain basket weather school machine'
).split(' ')

/** Repeatable numbers from 0 to 1 (Park and Miller's generator, 1988). */
export function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

const wordsOf = (random: () => number, count: number): string =>
  Array.from({ length: count }, () => WORDS[Math.floor(random() * WORDS.length)]).join(' ')

export type FeedShape = {
  items: number
  /** Words of each item's notes. */
  words: number
  /** The newest item's date; each other is a day older than the one before it. */
  newest: Date
  /** Address of the transcript of an item; none when left out. */
  transcriptOf?: (index: number) => string
}

export const guidOf = (index: number): string => `episode-${index}`

/** A podcast's feed as hosts write them: itunes and podcast tags, notes as CDATA, newest first. */
export function renderSyntheticFeed({ items, words, newest, transcriptOf }: FeedShape): string {
  const random = createRandom(items + words)
  const rendered = Array.from({ length: items }, (_, index) => {
    const date = new Date(newest.getTime() - index * 86_400_000).toUTCString()
    const transcript = transcriptOf?.(index)
    return `<item>
<title>Episode ${items - index}: ${wordsOf(random, 6)}</title>
<guid isPermaLink="false">${guidOf(items - index)}</guid>
<link>https://show.example/${items - index}</link>
<pubDate>${date}</pubDate>
<itunes:duration>3600</itunes:duration>
<itunes:episode>${items - index}</itunes:episode>
<enclosure url="https://media.example/${items - index}.mp3" length="28800000" type="audio/mpeg"/>
${transcript === undefined ? '' : `<podcast:transcript url="${transcript}" type="application/x-subrip"/>`}
<content:encoded><![CDATA[<p>${wordsOf(random, words >> 1)}</p>
<p><a href="https://show.example/${index}/links">${wordsOf(random, 3)}</a> ${wordsOf(random, words >> 1)}</p>]]></content:encoded>
</item>`
  })
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
  xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:podcast="https://podcastindex.org/namespace/1.0">
<channel>
<title>A synthetic show</title>
<link>https://show.example/</link>
<description>Made to be measured.</description>
<language>en</language>
${rendered.join('\n')}
</channel>
</rss>`
}

/** Sentences of a made-up conversation, as many as hold so many words. */
export function makeSentences(words: number, seed = 7): string[] {
  const random = createRandom(seed)
  const sentences: string[] = []
  for (let count = 0; count < words; ) {
    const length = 8 + Math.floor(random() * 17)
    // A long tail of rare words, as in speech, beside the common ones.
    const spoken = Array.from({ length }, () =>
      random() < 0.3 ? `w${Math.floor(random() ** 3 * 4000)}` : wordsOf(random, 1),
    )
    sentences.push(`The ${spoken.join(' ')}.`)
    count += length + 1
  }
  return sentences
}
