import type { Reading } from '../../text/reading.ts'

/** Words of a question that say what is wanted of the answer, not what it is about. As stems. */
const ASKING = new Set(
  `summar summari discuss discus meet group team think say said mention talk opinion view point
  respons respond ask describ explain conclus conclud decid decis agre reason present introduc
  thought content overal whole brief briefli overview main topic give idea suggest recommend
  propos consid feel regard attitud convers question answer`.split(/\s+/),
)

export type QueryTerms = {
  /** Weight of each stem of the question that the text knows. */
  readonly weights: ReadonlyMap<number, number>
  /** Speakers that the question names. */
  readonly speakers: ReadonlySet<string>
}

/** Power of the inverse frequency: rare words of a question point to its place best. */
const RARITY_POWER = 1.5

/** What a question asks about, in terms of the text. `frequency`: sentences in which a stem is. */
export function queryTerms(
  query: string,
  reading: Reading,
  frequency: ReadonlyMap<number, number>,
): QueryTerms {
  const { vocabulary } = reading.tokens
  const speakers = namedSpeakers(query, reading)
  const inNames = new Set([...speakers].flatMap((name) => name.toLowerCase().split(/\s+/)))
  const weights = new Map<number, number>()
  for (const [word] of query.matchAll(/[\p{L}\p{N}]+(?:['’]\p{L}+)?/gu)) {
    const stem = vocabulary.findStem(word)
    const count = frequency.get(stem)
    if (count === undefined || inNames.has(word.toLowerCase())) continue
    if (ASKING.has(vocabulary.stems[stem] ?? '')) continue
    weights.set(stem, Math.log(1 + reading.utterances.length / count) ** RARITY_POWER)
  }
  return { weights, speakers }
}

function namedSpeakers(query: string, reading: Reading): Set<string> {
  const asked = ` ${plain(query)} `
  const labels = new Set(reading.segments.map(({ speaker }) => speaker))
  const named = new Set<string>()
  for (const label of labels) {
    if (label !== null && plain(label) !== '' && asked.includes(` ${plain(label)} `))
      named.add(label)
  }
  return named
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
