import type { Summary } from '../model/summary.ts'
import type { Clock } from '../platform/clock.ts'
import {
  createGuardedFetch,
  type GuardedFetch,
  type GuardedFetchOptions,
} from '../platform/http/guarded-fetch.ts'
import { openWorkerThreads } from '../platform/worker-threads.ts'
import { openSampleLibrary, type SampleLibrary } from '../sources/sample-library.ts'
import type { SummaryInput } from '../summaries/summary-input.ts'
import { createCaptionsProvider } from '../transcripts/providers/captions.ts'
import { createPublisherProvider } from '../transcripts/providers/publisher.ts'
import type { TranscriptProvider } from '../transcripts/transcript-provider.ts'

export type OutsideOptions = {
  http: GuardedFetchOptions
  samplesDir: string
  /** The module of `summarise.worker.ts`. */
  summariseWorker: URL
  clock: Clock
}

/** The ways out of the house and the work on what comes in; nothing of it is kept. */
export type OutsideMeans = AsyncDisposable & {
  fetch: GuardedFetch
  samples: SampleLibrary
  /** Where transcripts come from, best first. */
  providers: readonly TranscriptProvider[]
  summarise: (input: SummaryInput) => Promise<Summary>
}

/** Threads beside the one that serves pages; a second summary at a time would take its place. */
const SUMMARISE_THREADS = 1

/** Opens the guarded fetch, the sample library and the threads that summarise. */
export async function openOutsideMeans(options: OutsideOptions): Promise<OutsideMeans> {
  const guarded = createGuardedFetch(options.http)
  const samples = await openSampleLibrary({
    dir: options.samplesDir,
    now: () => options.clock.now(),
    next: guarded,
  })
  const threads = openWorkerThreads<SummaryInput, Summary>(
    options.summariseWorker,
    SUMMARISE_THREADS,
  )
  return {
    fetch: samples.fetch,
    samples,
    providers: [
      createPublisherProvider({ fetch: samples.fetch }),
      createCaptionsProvider({ name: 'sample-captions', find: samples.findCaptions }),
    ],
    summarise: threads.run,
    async [Symbol.asyncDispose]() {
      await threads[Symbol.asyncDispose]()
      await guarded[Symbol.asyncDispose]()
    },
  }
}
