import type { Episode } from '../model/episode.ts'
import type { Source } from '../model/source.ts'
import type { Summary } from '../model/summary.ts'
import type { Transcript } from '../model/transcript.ts'
import { type GroupedStory, groupEpisodes } from './group-episodes.ts'
import { profileEpisode } from './stories/episode-profile.ts'

/** An episode with the words that stories are found in. */
export type StoryTeller = {
  episode: Pick<Episode, 'id' | 'sourceId' | 'title' | 'publishedAt' | 'persons'>
  source: Pick<Source, 'title'>
  summary: Pick<Summary, 'description' | 'ads'>
  transcript: Transcript
}

/** The stories that two or more of these episodes tell, with the points on which they differ. */
export function tellStories(tellers: readonly StoryTeller[]): GroupedStory[] {
  return groupEpisodes(
    tellers.map(({ episode, source, summary, transcript }) =>
      profileEpisode({
        episodeId: episode.id,
        sourceId: episode.sourceId,
        title: episode.title,
        description: summary.description,
        publishedAt: episode.publishedAt,
        transcript,
        ads: summary.ads,
        ownNames: [source.title, ...episode.persons.map(({ name }) => name)],
      }),
    ),
  )
}
