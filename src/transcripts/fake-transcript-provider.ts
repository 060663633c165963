import type {
  TranscriptAnswer,
  TranscriptProvider,
  TranscriptRequest,
} from './transcript-provider.ts'

/** A provider that says what it is told to, and remembers what it was asked. */
export interface FakeTranscriptProvider extends TranscriptProvider {
  readonly requests: readonly TranscriptRequest[]
}

/** `answer` is given to every request; an Error is thrown. By default nothing is found. */
export function createFakeTranscriptProvider(
  answer: TranscriptAnswer | Error = { found: false, reason: 'there is none', retryAt: null },
  name = 'fake',
): FakeTranscriptProvider {
  const requests: TranscriptRequest[] = []
  return {
    name,
    requests,
    async find(request) {
      requests.push(request)
      if (answer instanceof Error) throw answer
      return structuredClone(answer)
    },
  }
}
