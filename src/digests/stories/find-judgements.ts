import { stemmerOf } from '../../text/stem-word.ts'
import type { Spoken } from './find-figures.ts'

/** A sentence in which somebody says what should or should not be done. */
export type Judgement = {
  /** The sentence, verbatim. */
  quote: string
  speaker: string | null
  start: number
  /** Stem of the last word of what it is about, such as `barrier`. */
  object: string
  /** Stem of what is to be done with it: `build`, or `support` for plain for and against. */
  action: string
  isFor: boolean
  /** What is judged, for a heading: `whether the barrier should be built`. */
  point: string
}

const NOT = String.raw`(?:\s+(?:not|never)|n[’']t)`
const THE = String.raw`(?:the|this|that|a|an)\s+`
const OBJECT = String.raw`(?:${THE})((?:[\p{L}-]+\s+){0,3}?[\p{L}-]+)`
const ADVERB = String.raw`(?:\s+(?:probably|really|simply|definitely|certainly|now|just|ever|still))*`
const END = String.raw`(?=[\s]*(?:[,.;:!?]|$|\b(?:and|but|because|if|when|for|in|at|on|by|next|now|this|with|until|even|today|tomorrow)\b))`

/** "The barrier should (not) be built" */
const PASSIVE = new RegExp(
  String.raw`\b${OBJECT}\s+(?:should|must|ought to|has to|needs to)(${NOT})?${ADVERB}(${NOT})?\s+be\s+(\p{L}+)`,
  'iu',
)
/** "I would (not) build the barrier", "they should build the barrier" */
const ACTIVE = new RegExp(
  String.raw`\b(?:I|we|they|you|the\s+\p{L}+)(?:\s+(?:would|should|must|ought to)|[’']d)(${NOT})?${ADVERB}(${NOT})?\s+(\p{L}+)\s+${OBJECT}${END}`,
  'iu',
)
/** "I am for the barrier", "we oppose the barrier" */
const PARTY = new RegExp(
  String.raw`\b(?:I|we)(?:\s+am|[’']m|\s+are|[’']re)?(${NOT})?\s+(for|against|in favour of|in favor of|opposed to|support|oppose)\s+${OBJECT}${END}`,
  'iu',
)
const AGAINST = /^(?:against|opposed to|oppose)$/i
const IRREGULAR: Record<string, string> = {
  built: 'build',
  bought: 'buy',
  sold: 'sell',
  paid: 'pay',
  kept: 'keep',
  made: 'make',
  spent: 'spend',
  held: 'hold',
  left: 'leave',
  cut: 'cut',
  torn: 'tear',
  taken: 'take',
  given: 'give',
  chosen: 'choose',
  written: 'write',
  banned: 'ban',
}
/** What leaves open who judges, or whether anybody does. */
const UNDECIDED =
  /\b(?:[Ww]hether|[Ii]f (?:the|this|that|we|they)\b[^,]*\bshould|(?:don[’']t|do not) know|not sure|(?:he|she|they|who|which|\p{Lu}\p{L}+) (?:says?|said|thinks?|thought|believes?|argues?|argued|claims?|wants?)|[Aa]ccording to)\b/u
/** "I don't think that the barrier should be built" judges the other way round. */
const REVERSED = /\bI (?:don[’']t|do not) (?:think|believe)\b/
const MAX_SENTENCE = 360
const stem = stemmerOf('en')

/**
 * Judgements in English sentences, of three plain forms: "the X should (not) be done", "I would
 * (not) do the X", "I am for (against) the X". No questions; a sentence that judges two ways is
 * left out. Other languages give none.
 */
export function findJudgements(spoken: readonly Spoken[]): Judgement[] {
  return spoken.flatMap(({ text, speaker, start, isQuestion }) => {
    if (isQuestion || text.length > MAX_SENTENCE || UNDECIDED.test(text)) return []
    const read = readPassive(text) ?? readActive(text) ?? readParty(text)
    if (read === null) return []
    const isFor = read.isFor !== REVERSED.test(text)
    return [{ quote: text, speaker, start, ...read, isFor }]
  })
}

type Read = Pick<Judgement, 'object' | 'action' | 'isFor' | 'point'>

function readPassive(text: string): Read | null {
  const match = PASSIVE.exec(text)
  if (!match) return null
  const [, object = '', not, lateNot, verb = ''] = match
  const point = `whether the ${object} should be ${verb.toLowerCase()}`
  return { object: headOf(object), action: stemVerb(verb), isFor: !not && !lateNot, point }
}

function readActive(text: string): Read | null {
  const match = ACTIVE.exec(text)
  if (!match) return null
  const [, not, lateNot, verb = '', object = ''] = match
  const point = `whether to ${verb.toLowerCase()} the ${object}`
  return { object: headOf(object), action: stemVerb(verb), isFor: !not && !lateNot, point }
}

function readParty(text: string): Read | null {
  const match = PARTY.exec(text)
  if (!match) return null
  const [, not, side = '', object = ''] = match
  const isFor = AGAINST.test(side) === Boolean(not)
  return { object: headOf(object), action: 'support', isFor, point: `for or against the ${object}` }
}

function headOf(object: string): string {
  return stem((object.trim().split(/\s+/).at(-1) ?? '').toLowerCase())
}

function stemVerb(verb: string): string {
  const lower = verb.toLowerCase()
  return stem(IRREGULAR[lower] ?? lower)
}
