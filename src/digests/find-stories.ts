import type { GroupedStory } from './group-episodes.ts'
import type { StoryTeller } from './tell-stories.ts'

/**
 * The stories that two or more of these episodes tell. What reads their words is loaded only when
 * there is something to compare: languages and word lists would slow every start.
 */
export async function findStories(tellers: readonly StoryTeller[]): Promise<GroupedStory[]> {
  const sources = new Set(tellers.map(({ episode }) => episode.sourceId))
  if (sources.size < 2) return []
  const { tellStories } = await import('./tell-stories.ts')
  return tellStories(tellers)
}
