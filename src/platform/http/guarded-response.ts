import type { Journey } from './follow-redirects.ts'
import type { GuardedResponse } from './guarded-request.ts'
import { httpFailure } from './http-failures.ts'

/** The response for a finished journey. `onEnd` is called once its body is read or given up. */
export function createResponse(
  { hop, answer, redirects }: Journey,
  onEnd: () => void,
): GuardedResponse {
  let isUsed = false

  async function* readOn(): AsyncGenerator<Uint8Array> {
    try {
      yield* answer.chunks()
    } finally {
      onEnd()
    }
  }

  const stream = () => {
    if (isUsed) throw httpFailure('body-used', hop.about)
    isUsed = true
    return readOn()
  }

  return {
    status: answer.status,
    headers: answer.headers,
    url: hop.url.href,
    redirects,
    stream,
    async read() {
      const chunks: Uint8Array[] = []
      for await (const chunk of stream()) chunks.push(chunk)
      return Buffer.concat(chunks)
    },
    cancel() {
      isUsed = true
      answer.cancel()
      onEnd()
    },
  }
}
