import { z } from 'zod'

/** Who does the writing: the program itself, an open-weight model, or a paid one. */
export const tierSchema = z.enum(['embedded', 'open', 'frontier'])
export type Tier = z.infer<typeof tierSchema>

/** What a piece of work cost. Sums of the ledger's rows; zero for the embedded tier. */
export const usageSchema = z.object({
  /** Calls to providers, retries included. */
  calls: z.number().int().nonnegative(),
  tokensIn: z.number().int().nonnegative(),
  tokensCached: z.number().int().nonnegative(),
  tokensOut: z.number().int().nonnegative(),
  /** Minutes of audio that a speech provider was given. */
  audioMinutes: z.number().nonnegative(),
  /** Money in US dollars; null when a price was not known, which is not the same as free. */
  costUsd: z.number().nonnegative().nullable(),
  /** Wall time of the work in milliseconds. */
  ms: z.number().nonnegative(),
})
export type Usage = z.infer<typeof usageSchema>

/** Work that called nobody. */
export function noUsage(ms: number): Usage {
  return { calls: 0, tokensIn: 0, tokensCached: 0, tokensOut: 0, audioMinutes: 0, costUsd: 0, ms }
}
