import { z } from 'zod'
import type { GivenChapter } from '../../model/episode.ts'
import { Failure } from '../../model/failure.ts'
import { displayUrl } from '../../platform/http/display-url.ts'
import type { GuardedFetch } from '../../platform/http/guarded-fetch.ts'
import { decodeText } from '../../text/decode-text.ts'

const MAX_BYTES = 2_000_000
const MAX_CHAPTERS = 1000

const chapterSchema = z.object({
  startTime: z.coerce.number().nonnegative(),
  title: z.string().optional(),
  /** False for chapters that only change the picture. */
  toc: z.boolean().optional(),
})
const fileSchema = z.object({ chapters: z.array(z.unknown()) })

/**
 * Reads a chapters file (Podcasting 2.0 JSON chapters 1.2): titled chapters in order of time. What
 * in it makes no sense is left out. Throws `chapters-not-readable` when it is no such file.
 */
export async function readChapters({
  url,
  fetch,
  signal,
}: {
  url: string
  fetch: GuardedFetch
  signal: AbortSignal
}): Promise<GivenChapter[]> {
  const response = await fetch({ url, purpose: 'chapters', maxBytes: MAX_BYTES, signal })
  if (response.status !== 200) {
    response.cancel()
    throw notReadable(url, `it was answered with status ${response.status}`)
  }
  return parseChapters(decodeText(await response.read(), {}), url)
}

/** The titled chapters of a chapters file's text. */
export function parseChapters(text: string, url: string): GivenChapter[] {
  const file = fileSchema.safeParse(parseJson(text, url))
  if (!file.success) throw notReadable(url, 'it holds no list of chapters')
  return file.data.chapters
    .slice(0, MAX_CHAPTERS)
    .flatMap((entry) => {
      const { data } = chapterSchema.safeParse(entry)
      const title = data?.title?.replace(/\s+/g, ' ').trim() ?? ''
      if (data === undefined || data.toc === false || title === '') return []
      return [{ title, start: data.startTime }]
    })
    .toSorted((a, b) => a.start - b.start)
}

function parseJson(text: string, url: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw notReadable(url, 'it is no JSON', cause)
  }
}

function notReadable(url: string, why: string, cause?: unknown): Failure {
  return new Failure(
    'chapters-not-readable',
    'outside',
    `The chapters file ${displayUrl(url)} cannot be used: ${why}.`,
    { cause },
  )
}
