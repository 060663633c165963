/** A phrase that counts as evidence, and how much: log-odds, in nats. */
export type WeightedCue = { readonly pattern: RegExp; readonly weight: number }

/**
 * Phrases of one language that the summariser goes by. Patterns are tested against lower-case
 * text with straight apostrophes. Languages without a list do without these parts.
 */
export type CueList = {
  /** Words that carry nothing and may be left out of a quote anywhere: "um". */
  readonly fillers: ReadonlySet<string>
  /** Phrases that may be left out where commas set them off: "you know". */
  readonly asides: readonly string[]
  /** Words that may be left out at the start of a quote: "and", "so", "well". */
  readonly openers: readonly string[]
  /** Phrases that may be left out at the end of a quote: "right?". */
  readonly tags: readonly string[]
  /** Words that a shortened quote must keep: negations, modals, hedges, conditions. */
  readonly keep: ReadonlySet<string>
  /** A sentence that opens so leans on the one before it. */
  readonly leaning: RegExp
  /** Pronouns of the third person, whose meaning lies elsewhere. */
  readonly pronouns: ReadonlySet<string>
  /** First and second person. */
  readonly personal: ReadonlySet<string>
  /** Cause, contrast, claim: signs of a sentence that argues. */
  readonly claim: RegExp
  readonly opinion: RegExp
  readonly forecast: RegExp
  readonly report: RegExp
  /** The talk turns to something else. */
  readonly shift: RegExp
  /** The host says what the episode is about. */
  readonly intro: RegExp
  /** Advertising and self-promotion. */
  readonly ads: readonly WeightedCue[]
  /** Signs against advertising. */
  readonly notAds: readonly WeightedCue[]
  /** A person gives their own name; the first group is the name. */
  readonly selfNaming: RegExp
  /** A person is called by name; the first group is the name. */
  readonly naming: RegExp
}
