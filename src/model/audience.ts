import { z } from 'zod'
import type { Reader } from './reader.ts'

/**
 * Who may see a source or an episode.
 *
 * `public`: anyone, signed in or not. `members`: everyone with an account here. `readers`: the
 * named readers and nobody else, whatever their role.
 */
export const audienceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('public') }),
  z.object({ kind: z.literal('members') }),
  z.object({ kind: z.literal('readers'), readerIds: z.array(z.string()) }),
])

export type Audience = z.infer<typeof audienceSchema>

export const PUBLIC: Audience = { kind: 'public' }
export const MEMBERS: Audience = { kind: 'members' }

/** The audience of something that belongs to these readers alone. */
export function readersOnly(readerIds: readonly string[]): Audience {
  return { kind: 'readers', readerIds: [...readerIds] }
}

/**
 * The one rule of who may read what. Every view, feed, search, digest and job answers by it;
 * `whereMayRead` in the store says the same in SQL and is tested against it.
 *
 * `reader` is null for someone who is not signed in. The owner is no exception to `readers`: a
 * private newsletter is seen by those who receive it.
 */
export function mayRead(reader: Pick<Reader, 'id'> | null, item: { audience: Audience }): boolean {
  switch (item.audience.kind) {
    case 'public':
      return true
    case 'members':
      return reader !== null
    case 'readers':
      return reader !== null && item.audience.readerIds.includes(reader.id)
  }
}
