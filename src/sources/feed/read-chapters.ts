import { z } from 'zod'
import type { GivenChapter } from '../../model/episode.ts'
import { Failure, isFailure } from '../../model/failure.ts'
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

/** Where a chapters file is and how it is read. */
export type ChaptersRequest = { url: string; fetch: GuardedFetch; signal?: AbortSignal }

/**
 * Finds the chapters of an episode's chapters file; none when there is no file or it cannot be
 * read. It is a courtesy of the publisher's: without it the times in the notes are used.
 */
export async function findChapters(
  request: Omit<ChaptersRequest, 'url'> & { url: string | null },
): Promise<GivenChapter[]> {
  const { url } = request
  if (url === null) return []
  try {
    return await readChapters({ ...request, url })
  } catch (error) {
    if (isFailure(error) && error.blame === 'outside') return []
    throw error
  }
}

/**
 * Reads a chapters file (Podcasting 2.0 JSON chapters 1.2): titled chapters in order of time. What
 * in it makes no sense is left out. Throws `chapters-not-readable` when it is no such file.
 */
export async function readChapters(request: ChaptersRequest): Promise<GivenChapter[]> {
  const { url, fetch, signal } = request
  const options = { purpose: 'chapters', maxBytes: MAX_BYTES, ...(signal && { signal }) }
  const response = await fetch({ url, ...options })
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
