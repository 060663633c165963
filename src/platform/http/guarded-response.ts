import type { Journey } from './follow-redirects.ts'
import type { GuardedResponse } from './guarded-request.ts'
import { httpFailure } from './http-failures.ts'

/** The response for a finished journey. `onEnd` is called once its body is read or given up. */
export function createResponse(
  { hop, answer, redirects }: Journey,
  onEnd: () => void,
): GuardedResponse {
  let isUsed = false

  async function* readOn(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      yield* chunks
    } finally {
      onEnd()
    }
  }

  const use = (chunks: () => AsyncIterable<Uint8Array>) => {
    if (isUsed) throw httpFailure('body-used', hop.about)
    isUsed = true
    return readOn(chunks())
  }
  const stream = () => use(answer.chunks)

  return {
    status: answer.status,
    headers: answer.headers,
    url: hop.url.href,
    redirects,
    stream,
    read: async () => join(stream()),
    async readEncoded() {
      const bytes = await join(use(answer.encodedChunks))
      return { bytes, decode: () => join(answer.decode(bytes)) }
    },
    cancel() {
      isUsed = true
      answer.cancel()
      onEnd()
    },
  }
}

async function join(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of pieces) chunks.push(chunk)
  return Buffer.concat(chunks)
}
