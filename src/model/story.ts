import { z } from 'zod'

/** One event or argument, told by one or more episodes. */
export const storySchema = z.object({
  id: z.string(),
  title: z.string(),
  /** Members, first told first. A story of one episode is just that episode. */
  episodeIds: z.array(z.string()).min(1),
  /** Points on which its tellers differ, each side with its episode and its quote. */
  differences: z.array(
    z.object({
      point: z.string(),
      /** `number`: figures differ. `stance`: judgements differ. */
      kind: z.enum(['number', 'stance']),
      sides: z
        .array(
          z.object({
            episodeId: z.string(),
            speaker: z.string().nullable(),
            quote: z.string(),
            /** Seconds, or the paragraph's index for text. */
            start: z.number().nonnegative(),
          }),
        )
        .min(2),
    }),
  ),
})
export type Story = z.infer<typeof storySchema>
