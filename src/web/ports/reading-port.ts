import type { DigestAnswer } from '../../actions/build-digest-now.ts'
import type { Reader } from '../../model/reader.ts'
import type { DigestPage } from '../../store/views/digest-page.ts'
import type { EpisodePage } from '../../store/views/episode-page.ts'
import type { TodayPage } from '../../store/views/today-page.ts'

/** What the reading pages show. Every answer holds only what `mayRead` grants to the reader. */
export type ReadingViews = {
  getTodayPage(reader: Reader): Promise<TodayPage>
  /** Null when there is none, and just so when the one who asks may not see it. */
  findEpisodePage(reader: Reader | null, episodeId: string): Promise<EpisodePage | null>
  /** Null when there is none or it is another reader's. */
  findDigestPage(reader: Reader, digestId: string): Promise<DigestPage | null>
}

export type ReadingActions = {
  /** Goes back to the step at which the episode stopped. Throws `episode-not-found`. */
  retryEpisode(reader: Reader, episodeId: string): Promise<void>
  /** Makes today's digest without waiting for its hour; asks twice, makes one. */
  buildDigestNow(reader: Reader): Promise<DigestAnswer>
}
