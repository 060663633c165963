import { stemmerOf } from '../../text/stem-word.ts'
import { stopWordsOf } from '../../text/stop-words.ts'

/** A sentence of an episode with its speaker and place. */
export type Spoken = { text: string; speaker: string | null; start: number; isQuestion: boolean }

/** A sentence that gives one figure: what is measured, in which unit, and how much. */
export type Figure = {
  /** The sentence, verbatim. */
  quote: string
  speaker: string | null
  start: number
  value: number
  /** Stem of the unit's word, `%` or a currency, with `/` and its period for a rate. */
  unit: string
  /** The unit as the sentence writes it, such as `crowns`. */
  unitShown: string
  /** Stems of the other words that carry content: what is measured. */
  measure: string[]
  /** The sentence with `…` in place of the number. */
  frame: string
  /** True when the speaker passes on what somebody else says. */
  isReported: boolean
}

const SMALL =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  )
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')
const SCALES: Record<string, number> = {
  hundred: 1e2,
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
  trillion: 1e12,
  bn: 1e9,
  m: 1e6,
  k: 1e3,
}
const WORD_VALUES = new Map<string, number>([
  ...SMALL.map((word, i): [string, number] => [word, i]),
  ...TENS.map((word, i): [string, number] => [word, (i + 2) * 10]),
])

const NUMBER_WORD = `(?:${[...TENS].join('|')})(?:[- ](?:${SMALL.slice(1, 10).join('|')}))?|${SMALL.join('|')}`
const FIGURE = new RegExp(
  String.raw`(?<![\w.,$€£¥]|(?:hundred|thousand|million|billion) and )([$€£¥])?\s?(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\b(?:${NUMBER_WORD})\b)` +
    String.raw`((?:[\s-](?:hundred|thousand|million|billion|trillion|bn)\b|(?<=\d)(?:bn|m|k)\b)*)` +
    // "two hundred and twelve" would be read as two hundred.
    String.raw`(?! and (?:a |\d|${NUMBER_WORD}))\s?(%|per\s?cent\b|percent\b|[a-z][a-z-]+)?(?:\s(?:a|an|per|each|every)\s([a-z]+))?`,
  'giu',
)
const MAX_SENTENCE = 300
const REPORTED =
  /\b(?:says?|said|claims?|claimed|argues?|argued|estimates?|estimated|according to)\b(?! I\b)/i

/**
 * Figures in English sentences. Only sentences that give a single figure in its unit, for where
 * there are two it takes understanding to say which is which; no questions, no years, no numbers
 * without a unit. Other languages give none.
 */
export function findFigures(spoken: readonly Spoken[]): Figure[] {
  return spoken.flatMap((sentence) => {
    if (sentence.isQuestion || sentence.text.length > MAX_SENTENCE) return []
    const found = [...sentence.text.matchAll(FIGURE)].flatMap((match) => readFigure(match) ?? [])
    const [figure, ...others] = found
    if (!figure || others.some(({ unit }) => unit === figure.unit)) return []
    const { text, speaker, start } = sentence
    const before = text.slice(0, figure.from)
    const after = text.slice(figure.to)
    return [
      {
        quote: text,
        speaker,
        start,
        value: figure.value,
        unit: figure.unit,
        unitShown: figure.unitShown,
        measure: stemWords(`${before} ${after}`, figure.unit),
        frame: `${before}…${after}`,
        isReported: REPORTED.test(text),
      },
    ]
  })
}

type Match = { value: number; unit: string; unitShown: string; from: number; to: number }

function readFigure(match: RegExpExecArray): Match | null {
  const [, currency, number = '', scales = '', unitWord = '', period] = match
  const value = readNumber(number) * readScales(scales)
  const unit = currency ?? readUnit(unitWord)
  if (unit === null || !Number.isFinite(value) || value === 0) return null
  const numberText = `${number}${scales}`
  const from = match.index + match[0].indexOf(number)
  return {
    value,
    unit: period === undefined ? unit : `${unit}/${stem(period.toLowerCase())}`,
    unitShown: currency ?? unitWord,
    from,
    to: from + numberText.length,
  }
}

function readNumber(text: string): number {
  const lower = text.toLowerCase()
  if (/\d/.test(lower)) return Number(lower.replaceAll(',', ''))
  return lower.split(/[- ]/).reduce((sum, word) => sum + (WORD_VALUES.get(word) ?? Number.NaN), 0)
}

function readScales(text: string): number {
  const words = text.toLowerCase().match(/[a-z]+/g) ?? []
  return words.reduce((product, word) => product * (SCALES[word] ?? 1), 1)
}

function readUnit(word: string): string | null {
  const lower = word.toLowerCase()
  if (/^(%|per ?cent|percent)$/.test(lower)) return '%'
  const isNumber = WORD_VALUES.has(lower) || SCALES[lower] !== undefined
  if (lower.length < 3 || STOP_WORDS.has(lower) || isNumber) return null
  return stem(lower)
}

/** Left of a number when its digits are gone. */
const NO_MEASURE = new Set([...Object.keys(SCALES), 'per', 'cent', 'percent'])

const stem = stemmerOf('en')
const STOP_WORDS = stopWordsOf('en')

function stemWords(text: string, unit: string): string[] {
  const words = text.toLowerCase().match(/[a-z]+(?:['’][a-z]+)?/g) ?? []
  const stems = words
    .filter((word) => !STOP_WORDS.has(word.replaceAll('’', "'")) && word.length > 1)
    .map((word) => stem(word.replace(/['’]s$/, '')))
    .filter((stemmed) => stemmed !== unit && !NO_MEASURE.has(stemmed))
  return [...new Set(stems)]
}
