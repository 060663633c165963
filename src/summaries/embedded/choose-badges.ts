import type { Badge } from '../../model/summary.ts'
import type { EpisodeText } from './episode-text.ts'

/** Scores of this much earn a badge; the best comes first, and there are at most this many. */
const MIN_SCORE = 1
const MAX_BADGES = 2
const MIN_WORDS = 80

/** Share of the words above which two people make an interview. */
const PAIR_SHARE = 0.85
const MIN_SPEAKER_SHARE = 0.08
const ASKING_SHARE = 0.6
/** Who speaks this much and asks this little is being interviewed. */
const LEADER_SHARE = 0.45
const LEADER_ASKS = 0.3

type Facts = {
  words: number
  /** Occurrences per 1,000 words. */
  rate: (pattern: RegExp) => number
  title: string
  shares: readonly number[]
  /** Share of all questions asked by the one who asks most. */
  askingShare: number
  /** Share of all questions asked by the one who speaks most. */
  leaderAsks: number
  questionsPerThousand: number
  entitiesPerThousand: number
  isText: boolean
}

/** Each badge with the signs that earn it. English wording; other languages go by speakers. */
const SCORES: Readonly<Record<Badge, (facts: Facts) => number>> = {
  Interview: ({ shares, askingShare, leaderAsks, rate, title }) =>
    ((shares[0] ?? 0) >= LEADER_SHARE && shares.length > 1 && leaderAsks <= LEADER_ASKS ? 1 : 0) +
    (sumOf(shares.slice(0, 2)) > PAIR_SHARE && (shares[1] ?? 0) > MIN_SPEAKER_SHARE ? 0.6 : 0) +
    (askingShare >= ASKING_SHARE && (shares[1] ?? 0) > MIN_SPEAKER_SHARE ? 0.5 : 0) +
    Math.min(
      0.6,
      rate(
        /\b(?:my guest|our guest|joining (?:me|us)|interview|thanks for (?:having|coming)|thank you for (?:having|coming|joining)|welcome to the (?:show|podcast))\b/gi,
      ) * 0.6,
    ) +
    (/\b(?:with|interview|talks? to)\b/i.test(title) ? 0.2 : 0),
  Discussion: ({ shares, rate }) =>
    (shares.filter((share) => share > MIN_SPEAKER_SHARE).length >= 3 ? 0.8 : 0) +
    (entropyOf(shares) > 0.6 && shares.length >= 2 ? 0.3 : 0) +
    Math.min(
      0.4,
      rate(/\b(?:i (?:dis)?agree|you're right|good point|what do you think|panel)\b/gi) * 0.2,
    ),
  Opinion: ({ rate, shares, title }) =>
    Math.min(
      1,
      rate(/\b(?:i think|i believe|in my (?:view|opinion)|should|ought to|must)\b/gi) / 14,
    ) *
      ((shares[0] ?? 1) > 0.75 ? 1 : 0.5) +
    (/\b(?:opinion|the case (?:for|against)|why (?:we|i|you))\b/i.test(title) ? 0.6 : 0),
  News: ({ rate, entitiesPerThousand, words, title }) =>
    (/\b(?:news|headlines|roundup|this week in|briefing|daily)\b/i.test(title) ? 0.7 : 0) +
    Math.min(
      0.6,
      rate(
        /\b(?:announced|launch(?:ed|es)|released|reported|according to|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|this week|headlines|breaking)\b/gi,
      ) / 8,
    ) +
    (entitiesPerThousand > 45 && words < 6000 ? 0.3 : 0),
  Tutorial: ({ rate, title }) =>
    (/\b(?:how to|tutorial|guide|step[- ]by[- ]step|beginner|course|tips)\b/i.test(title)
      ? 0.8
      : 0) +
    Math.min(
      0.9,
      rate(
        /\b(?:step (?:one|two|three|\d)|first,? you|you (?:need|want|have) to|make sure|click|install|type in|run the|let's (?:add|create|build|make)|for example|tip)\b/gi,
      ) / 9,
    ),
  Analysis: ({ rate, title }) =>
    (/\b(?:analysis|explained|deep dive|what .{3,40} means|understanding|inside)\b/i.test(title)
      ? 0.7
      : 0) +
    Math.min(
      0.9,
      rate(
        /\b(?:because|therefore|which means|the reason|data|percent|per cent|evidence|study|studies|compared|on average|in other words|the question is)\b/gi,
      ) / 12,
    ),
  Review: ({ rate, title }) =>
    (/\b(?:review|hands[- ]on|vs\.?|versus|worth it|ranked)\b/i.test(title) ? 0.8 : 0) +
    Math.min(
      0.7,
      rate(
        /\b(?:review(?:ed|ing)?|out of (?:ten|five|10|5)|stars|pros and cons|recommend|worth (?:it|buying|reading|watching)|disappoint(?:ed|ing))\b/gi,
      ) / 6,
    ),
  Story: ({ rate, shares, title, questionsPerThousand }) =>
    (/\b(?:story|stories|the night|the day|tale|life of)\b/i.test(title) ? 0.5 : 0) +
    Math.min(
      0.9,
      rate(
        /\b(?:one (?:day|night|morning|evening)|years (?:ago|later)|when i was|she said|he said|i remember|suddenly|had been|was born|grew up)\b/gi,
      ) / 9,
    ) *
      ((shares[0] ?? 1) > 0.6 ? 1 : 0.6) -
    (questionsPerThousand > 8 ? 0.3 : 0),
}

/** One or two badges that say what kind of episode this is, by open scores; none when unsure. */
export function chooseBadges(text: EpisodeText, title: string): Badge[] {
  const facts = factsOf(text, title)
  if (facts.words < MIN_WORDS) return []
  const badges = Object.keys(SCORES) as Badge[]
  return badges
    .map((badge) => ({ badge, score: SCORES[badge](facts) }))
    .filter(({ score }) => score >= MIN_SCORE)
    .sort((a, b) => b.score - a.score)
    .slice(0, MAX_BADGES)
    .map(({ badge }) => badge)
}

function factsOf({ reading, entities, unit, cues }: EpisodeText, title: string): Facts {
  const words = reading.tokens.count
  const bySpeaker = new Map<string, { words: number; questions: number }>()
  let questions = 0
  for (const { speaker, tokenFrom, tokenTo, isQuestion } of reading.utterances) {
    if (isQuestion) questions++
    if (speaker === null) continue
    const known = bySpeaker.get(speaker) ?? { words: 0, questions: 0 }
    known.words += tokenTo - tokenFrom
    if (isQuestion) known.questions++
    bySpeaker.set(speaker, known)
  }
  const speakers = [...bySpeaker.values()]
  const named = sumOf(speakers.map((speaker) => speaker.words))
  const leader = speakers.toSorted((a, b) => b.words - a.words)[0]
  const mostAsked = Math.max(0, ...speakers.map((speaker) => speaker.questions))
  const mentions = sumOf(entities.list.map(({ count }) => count))
  return {
    words,
    rate: (pattern) =>
      cues === null || reading.language !== 'en'
        ? 0
        : ((reading.text.match(pattern)?.length ?? 0) * 1000) / Math.max(1, words),
    title,
    shares: speakers.map((speaker) => speaker.words / Math.max(1, named)).sort((a, b) => b - a),
    leaderAsks: questions === 0 ? 1 : (leader?.questions ?? 0) / questions,
    askingShare: questions === 0 ? 0 : mostAsked / questions,
    questionsPerThousand: (questions * 1000) / Math.max(1, words),
    entitiesPerThousand: (mentions * 1000) / Math.max(1, words),
    isText: unit === 'paragraph',
  }
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}

/** Evenness of shares, 0 to 1 (Shannon, 1948). */
function entropyOf(shares: readonly number[]): number {
  if (shares.length < 2) return 0
  const bits = sumOf(shares.map((share) => (share > 0 ? -share * Math.log(share) : 0)))
  return bits / Math.log(shares.length)
}
