/** A run of utterances, both included. */
export type UtteranceSpan = { readonly first: number; readonly last: number }
