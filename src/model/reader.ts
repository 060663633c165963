import { z } from 'zod'

/** The owner runs the house and may change its settings; members read. */
export const readerRoleSchema = z.enum(['owner', 'member'])
export type ReaderRole = z.infer<typeof readerRoleSchema>

/** Wall-clock time of day, `HH:MM` in 24 hours. */
export const wallTimeSchema = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:MM, such as 07:00')

/** A person who reads. */
export const readerSchema = z.object({
  id: z.string(),
  role: readerRoleSchema,
  /** Where digests go; null until the reader gives one. */
  email: z.string().nullable(),
  displayName: z.string(),
  /** IANA zone, such as `Europe/Zurich`; digests are due at `digestAt` in this zone. */
  timeZone: z.string(),
  digestAt: wallTimeSchema,
  /** BCP 47 tag of the language that the reader prefers. */
  language: z.string(),
})

export type Reader = z.infer<typeof readerSchema>
