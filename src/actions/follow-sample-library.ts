import type { SampleSource } from '../sources/sample-library.ts'
import { type FollowDeps, followSource } from './follow-source.ts'

/** Lets a reader follow every show of the sample library that can be read as a feed. */
export async function followSampleLibrary(
  deps: FollowDeps & { samples: readonly SampleSource[] },
  readerId: string,
): Promise<void> {
  for (const { feedUrl } of deps.samples) {
    await followSource(deps, { readerId, address: feedUrl })
  }
}
