/** One to three sentences of one speaker in a row: what a key moment may consist of. */
export type Passage = {
  readonly index: number
  /** Utterances, both included. */
  readonly first: number
  readonly last: number
  /** Characters of the reading's text, half-open. */
  readonly from: number
  readonly to: number
  readonly words: number
  readonly speaker: string | null
  /** Index of its chapter. */
  readonly chapter: number
  /** Concepts it speaks of, each once. */
  readonly concepts: readonly number[]
  /** How central it is and how well it stands alone; 0 keeps it out. */
  readonly prior: number
}
