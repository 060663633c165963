import type { Segment } from '../../model/transcript.ts'
import { findQuote } from './find-quote.ts'
import { numbersIn } from './number-words.ts'
import { SUPPORT_FAIL, SUPPORT_PASS, type SupportIndex } from './support-index.ts'

/** A claim and the segments that it cites, both included. */
export type Claim = {
  readonly text: string
  readonly first: number
  readonly last: number
  /** Its quote, when it has one of its own. */
  readonly quote?: string
  /** Who is said to have said it. */
  readonly speaker?: string | null
}

export type ClaimVerdict = {
  readonly verdict: 'passed' | 'uncertain' | 'failed'
  /** Every reason why it did not pass, as a sentence. */
  readonly reasons: readonly string[]
  /** Share of its rare words that its span says, 0 to 1. */
  readonly support: number
}

/** More segments than this are no evidence but a chapter. */
const MAX_SEGMENTS = 12
/** Share of the span's words that must be the speaker's own for "X says". */
const MIN_SPEAKER_SHARE = 0.6
const NEGATION = /\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|\w+n['’]t)\b/i
const NAME = /(?<![.!?]\s|^)\b\p{Lu}[\p{L}\p{N}'’-]+/gu

export type CheckContext = {
  readonly segments: readonly Segment[]
  readonly index: SupportIndex
  /** Other spellings under which a name may stand in the transcript, lower-case. */
  readonly aliases?: ReadonlyMap<string, readonly string[]>
}

/**
 * Checks a claim against the words that it cites: the quote is there, every number and every name
 * is there, a denial stays a denial, the speaker spoke, and enough of its rare words are said.
 * Mechanical: it can refuse what is not said, it cannot tell what is meant.
 */
export function checkClaim(claim: Claim, context: CheckContext): ClaimVerdict {
  const { segments, index } = context
  if (!isRange(claim, segments.length)) {
    return { verdict: 'failed', reasons: ['it cites segments that are not there'], support: 0 }
  }
  const span = segments.slice(claim.first, claim.last + 1)
  const spoken = span.map(({ text }) => text).join(' ')
  const support = index.scoreAt(claim.text, claim.first, claim.last)
  const reasons = [
    ...missingQuote(claim, spoken),
    ...missingNumbers(claim.text, spoken),
    ...missingNames(claim.text, spoken, context.aliases),
    ...lostNegation(claim.text, spoken),
    ...otherSpeaker(claim, span),
  ]
  if (support < SUPPORT_FAIL) reasons.push('too little of it is said there')
  if (reasons.length > 0) return { verdict: 'failed', reasons, support }
  return support >= SUPPORT_PASS
    ? { verdict: 'passed', reasons, support }
    : { verdict: 'uncertain', reasons: ['only part of it is said there'], support }
}

function isRange({ first, last }: Claim, count: number): boolean {
  return first >= 0 && last >= first && last < count && last - first < MAX_SEGMENTS
}

function missingQuote({ quote }: Claim, spoken: string): string[] {
  if (quote === undefined || findQuote(quote, spoken) !== 'absent') return []
  return ['its quote is not said there']
}

/** Numbers of the claim that the span does not say. */
function missingNumbers(text: string, spoken: string): string[] {
  const said = numbersIn(spoken)
  return numbersIn(text)
    .filter((number) => !said.some((other) => Math.abs(other - number) <= Math.abs(number) * 1e-9))
    .map((number) => `the number ${number} is not said there`)
}

function missingNames(
  text: string,
  spoken: string,
  aliases: ReadonlyMap<string, readonly string[]> = new Map(),
): string[] {
  const said = spoken.toLowerCase()
  const names = new Set([...text.matchAll(NAME)].map(([name]) => name.replace(/['’]s$/, '')))
  return [...names]
    .filter((name) => {
      const lower = name.toLowerCase()
      return ![lower, ...(aliases.get(lower) ?? [])].some((spelling) => said.includes(spelling))
    })
    .map((name) => `the name ${name} is not said there`)
}

function lostNegation(text: string, spoken: string): string[] {
  if (NEGATION.test(text) === NEGATION.test(spoken)) return []
  return NEGATION.test(text) ? ['it denies what is not denied there'] : []
}

function otherSpeaker({ speaker }: Claim, span: readonly Segment[]): string[] {
  if (speaker === undefined || speaker === null) return []
  const words = (segments: readonly Segment[]) =>
    segments.reduce((sum, { text }) => sum + text.split(' ').length, 0)
  const own = words(span.filter((segment) => segment.speaker === speaker))
  return own >= words(span) * MIN_SPEAKER_SHARE ? [] : [`${speaker} does not say it`]
}
