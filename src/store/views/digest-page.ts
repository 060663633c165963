import type { DeliveryState, Edition, MissingItem } from '../../model/digest.ts'
import type { EpisodeCard } from './episode-card.ts'
import type { StoryView } from './episode-page.ts'

export type DigestItem = EpisodeCard & {
  /** Told again because nobody knows whether the digest before this one arrived. */
  isCarried: boolean
}

/** One digest on the web: the same items as its e-mail, in the same order. */
export type DigestPage = {
  /** Changes whenever anything on the page does. */
  version: string
  id: string
  edition: Edition
  /** The reader's own calendar date, `YYYY-MM-DD`. */
  localDate: string
  createdAt: Date
  items: DigestItem[]
  /** Stories that several of the items tell; `others` holds all of their tellers. */
  stories: StoryView[]
  missing: MissingItem[]
  deliveries: {
    id: string
    address: string
    state: DeliveryState
    sentAt: Date | null
    lastAnswer: string | null
  }[]
  /** Neighbours in time, for turning pages. */
  earlier: { id: string; localDate: string } | null
  later: { id: string; localDate: string } | null
}
