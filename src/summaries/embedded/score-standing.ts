import type { CueList } from '../../text/cue-list.ts'

/** What is known of a passage besides its words. */
export type StandingFacts = {
  /** Different names in it. */
  readonly entities: number
  readonly isQuestion: boolean
  /** False when it was cut out of a longer sentence. */
  readonly isWhole: boolean
  /** True when it opens with a word whose meaning lies before it. */
  readonly leans: boolean
}

const NUMBER_GAIN = 1.5
const ENTITY_GAIN = 0.2
const MAX_ENTITY_GAIN = 0.6
const CLAIM_GAIN = 1.35
/** Neither a name nor a number: says little to someone who was not there. */
const VAGUE_LOSS = 0.55
const LEANING_LOSS = 0.12
const QUESTION_LOSS = 0.15
const CUT_LOSS = 0.35
const SHORT_WORDS = 9
const SHORT_LOSS = 0.2
const LONG_WORDS = 45
const LONG_LOSS = 0.6
/** Loss per share of third-person pronouns, and of first and second person. */
const PRONOUN_LOSS = 4
const PERSONAL_LOSS = 2
/** The sentence steers the talk. */
const SHIFT_LOSS = 0.5
/** For each place where the speaker breaks off and begins again. */
const BROKEN_LOSS = 0.6
const BROKEN = /--|—|\.{3}|…|\p{L}- /gu
const OPEN_QUOTE_LOSS = 0.4
/** Courtesy: thanks, greetings, laughter. */
const COURTESY =
  /\b(?:thank you|thanks|welcome|goodbye|bye|hello|hi everyone|nice to meet|great question|good question|laugh(?:s|ter)?|unintelligible|inaudible|crosstalk|as i said|like i said|you know what i mean|listening|listeners|this episode|(?:this|the|our) podcast|show notes|my name is|our (?:website|sponsors?)|sponsoring|subscribe|newsletter|follow (?:us|me)|let me|want to ask|question)\b/
const COURTESY_LOSS = 0.3
const NUMBER =
  /(?:[\p{Sc}]\s?\d|\d[\d.,]*(?:\s?%|\b))|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|percent|half|dozen)\b/u
/** Where a sentence leans shows at its start. In characters. */
const OPENING_CHARS = 80
const WORD = /[\p{L}\p{N}]+(?:['’][\p{L}]+)?/gu

/**
 * How well a cleaned passage says something to a reader who knows nothing else: above 1 for facts
 * with names and numbers, near 0 for sentences that lean on what came before.
 *
 * Hand-set features in the manner of Edmundson, "New Methods in Automatic Extracting", 1969.
 */
export function scoreStanding(text: string, facts: StandingFacts, cues: CueList | null): number {
  const lower = text.toLowerCase().replaceAll('’', "'")
  const words = lower.match(WORD) ?? []
  if (words.length === 0) return 0
  const hasNumber = NUMBER.test(lower)
  let score = 1
  if (hasNumber) score *= NUMBER_GAIN
  score *= 1 + Math.min(MAX_ENTITY_GAIN, facts.entities * ENTITY_GAIN)
  if (!hasNumber && facts.entities === 0) score *= VAGUE_LOSS
  if (facts.isQuestion) score *= QUESTION_LOSS
  if (!facts.isWhole) score *= CUT_LOSS
  if (words.length < SHORT_WORDS) score *= SHORT_LOSS
  if (words.length > LONG_WORDS) score *= LONG_LOSS
  return cues === null
    ? score
    : score * (facts.leans ? LEANING_LOSS : 1) * scoreWording(lower, words, cues)
}

function scoreWording(lower: string, words: readonly string[], cues: CueList): number {
  const shareOf = (list: ReadonlySet<string>) =>
    words.filter((word) => list.has(word)).length / words.length
  let score = 1
  if (cues.claim.test(lower)) score *= CLAIM_GAIN
  if (cues.shift.test(lower)) score *= SHIFT_LOSS
  score *= BROKEN_LOSS ** Math.min(4, lower.match(BROKEN)?.length ?? 0)
  if (hasOpenQuote(lower)) score *= OPEN_QUOTE_LOSS
  if (COURTESY.test(lower)) score *= COURTESY_LOSS
  score *= Math.max(0.2, 1 - PRONOUN_LOSS * shareOf(cues.pronouns))
  score *= Math.max(0.3, 1 - PERSONAL_LOSS * shareOf(cues.personal))
  return score
}

/** True for a sentence that opens with a word whose meaning lies before it. */
export function leansOnOthers(text: string, cues: CueList): boolean {
  const start = text
    .slice(0, OPENING_CHARS)
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/[^\p{L}\p{N}']+/gu, ' ')
  return cues.leaning.test(start.trimStart())
}

function hasOpenQuote(text: string): boolean {
  const straight = text.match(/"/g)?.length ?? 0
  const [opening, closing] = [text.match(/[“«]/g)?.length ?? 0, text.match(/[”»]/g)?.length ?? 0]
  return straight % 2 === 1 || opening !== closing
}

/** True when a number is said, in digits or in words. */
export function saysNumber(text: string): boolean {
  return NUMBER.test(text.toLowerCase())
}
