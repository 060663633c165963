import type { Reader } from '../../model/reader.ts'
import type { Db, StoredStory } from '../database.ts'
import type { StoryView } from './episode-page.ts'
import { listEpisodeCards } from './list-episode-cards.ts'

/**
 * Stories as pages show them. Sides and tellers that the reader may not see are left out, and with
 * them a story that nobody is left to tell and a difference that has one side left.
 */
export async function toStoryViews(
  db: Db,
  reader: Pick<Reader, 'id'>,
  { digestId, stories }: { digestId: string; stories: readonly StoredStory[] },
): Promise<StoryView[]> {
  const ids = [...new Set(stories.flatMap(({ episodeIds }) => episodeIds))]
  const cards = new Map((await listEpisodeCards(db, reader, ids)).map((card) => [card.id, card]))
  const views = stories.map((story, index) => ({
    id: `${digestId}-${index}`,
    title: story.title,
    others: story.episodeIds.flatMap((id) => cards.get(id) ?? []),
    differences: story.differences.flatMap(({ point, kind, sides }) => {
      const seen = sides
        .filter(({ episodeId }) => cards.has(episodeId))
        .map(({ episodeId, show, speaker, quote, at }) => ({
          ...{ episodeId, sourceTitle: show, speaker, quote, unit: at.unit, start: at.start },
        }))
      return seen.length < 2 ? [] : [{ point, kind, sides: seen }]
    }),
  }))
  return views.filter((view) => view.others.length > 0)
}

/** The stories of this reader's newest digest that told the episode together with others. */
export async function listEpisodeStories(
  db: Db,
  reader: Pick<Reader, 'id'> | null,
  episodeId: string,
): Promise<StoryView[]> {
  if (reader === null) return []
  const digest = await db
    .selectFrom('digest_episodes')
    .innerJoin('digests', 'digests.id', 'digest_episodes.digest_id')
    .select(['digests.id', 'digests.content'])
    .where('digest_episodes.reader_id', '=', reader.id)
    .where('digest_episodes.episode_id', '=', episodeId)
    .orderBy('digests.local_date', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (digest === undefined) return []
  const stories = digest.content.stories.filter((story) => story.episodeIds.includes(episodeId))
  const views = await toStoryViews(db, reader, { digestId: digest.id, stories })
  return views.map((view) => ({
    ...view,
    others: view.others.filter(({ id }) => id !== episodeId),
  }))
}
