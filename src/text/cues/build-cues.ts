import type { CueList } from '../cue-list.ts'

/** The phrases of a language as plain lists; `|` separates phrases in patterns. */
export type CuePhrases = {
  fillers: string
  asides: string
  openers: string
  tags: string
  keep: string
  /** Words that lean on what came before when they open a sentence. */
  leaning: string
  pronouns: string
  personal: string
  claim: string
  opinion: string
  forecast: string
  report: string
  shift: string
  intro: string
  /** Advertising, from certain to faint. */
  adCertain: string
  adStrong: string
  adFaint: string
  notAds: string
  selfNaming: string
  naming: string
}

const NAME = String.raw`((?:\p{Lu}[\p{L}'’.-]+)(?: \p{Lu}[\p{L}'’.-]+){0,2})`
/** Log-odds of the three grades of advertising cues, and of signs against it, in nats. */
const CERTAIN = 5
const STRONG = 3
const FAINT = 1.8
const AGAINST = 0.9

/** Compiles the phrases of a language. Patterns match whole words of any alphabet. */
export function buildCues(phrases: CuePhrases): CueList {
  return {
    fillers: new Set(words(phrases.fillers)),
    asides: split(phrases.asides),
    openers: split(phrases.openers),
    tags: split(phrases.tags),
    keep: new Set(words(phrases.keep)),
    leaning: new RegExp(
      `^(?:(?:${phrases.openers}) )*(?:${phrases.leaning})(?![\\p{L}\\p{N}])`,
      'u',
    ),
    pronouns: new Set(words(phrases.pronouns)),
    personal: new Set(words(phrases.personal)),
    claim: any(phrases.claim),
    opinion: any(phrases.opinion),
    forecast: any(phrases.forecast),
    report: any(phrases.report),
    shift: any(phrases.shift),
    intro: any(phrases.intro),
    ads: [
      { pattern: any(phrases.adCertain), weight: CERTAIN },
      { pattern: any(phrases.adStrong), weight: STRONG },
      { pattern: any(phrases.adFaint), weight: FAINT },
    ],
    notAds: [{ pattern: any(phrases.notAds), weight: AGAINST }],
    selfNaming: new RegExp(`(?<![\\p{L}])(?:${phrases.selfNaming}) ${NAME}`, 'gu'),
    naming: new RegExp(`(?<![\\p{L}])(?:${phrases.naming}),? ${NAME}`, 'gu'),
  }
}

function words(list: string): string[] {
  return list.trim().split(/\s+/)
}

function split(list: string): string[] {
  return list.split('|')
}

function any(list: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${list})(?![\\p{L}\\p{N}])`, 'u')
}
