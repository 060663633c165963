import { z } from 'zod'

/** How eagerly a followed source is put into the digest. */
export const prioritySchema = z.enum(['low', 'normal', 'high'])
export type Priority = z.infer<typeof prioritySchema>

/** A reader follows a source, with settings of their own. */
export const subscriptionSchema = z.object({
  id: z.string(),
  readerId: z.string(),
  sourceId: z.string(),
  priority: prioritySchema,
  paused: z.boolean(),
  createdAt: z.date(),
})
export type Subscription = z.infer<typeof subscriptionSchema>
