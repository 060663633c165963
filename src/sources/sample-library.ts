import { readFile, realpath } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { z } from 'zod'
import { Failure } from '../model/failure.ts'
import type { GuardedFetch } from '../platform/http/guarded-fetch.ts'
import type { GuardedResponse } from '../platform/http/guarded-request.ts'
import { shiftDates } from './shift-dates.ts'

const librarySchema = z.object({
  referenceDate: z.iso.datetime(),
  sources: z.array(
    z.object({
      slug: z.string(),
      kind: z.string(),
      title: z.string(),
      description: z.string(),
      feed: z.string().optional(),
      captions: z
        .array(z.object({ videoId: z.string(), path: z.string(), language: z.string() }))
        .default([]),
    }),
  ),
})

/** A show of the sample library that can be followed like any other. */
export type SampleSource = { title: string; description: string; feedUrl: string }

/** One of its files. */
export type SampleFile = { bytes: Uint8Array; type: string }

export type SampleLibrary = {
  sources: SampleSource[]
  /** Finds the captions of a video by the address of its page; undefined when it has none. */
  findCaptions: (link: string) => Promise<{ text: string; language: string } | undefined>
  /** Finds a file by its path in the library; undefined when there is none. */
  findFile: (path: string) => Promise<SampleFile | undefined>
  /** `next`, with `sample:` addresses answered from the library, without any network. */
  fetch: GuardedFetch
}

const TYPES: Record<string, string> = {
  '.xml': 'application/xml; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.vtt': 'text/vtt; charset=utf-8',
  '.srt': 'application/x-subrip; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.mp3': 'audio/mpeg',
  '.eml': 'message/rfc822',
}

export type SampleLibraryOptions = {
  /** The folder of `library.json`. */
  dir: string
  now: () => Date
  next: GuardedFetch
}

/**
 * Opens the sample library. Its dates are fixed in the files; they are read as if the library's
 * reference date were today, so that the samples are always this week's.
 */
export async function openSampleLibrary(options: SampleLibraryOptions): Promise<SampleLibrary> {
  const text = await readFile(join(options.dir, 'library.json'), 'utf8')
  const library = librarySchema.parse(JSON.parse(text))
  const reference = new Date(library.referenceDate)
  const findFile = (path: string) => findSample(options, { path, reference })
  const captions = library.sources.flatMap((source) => source.captions)
  return {
    findCaptions: async (link) => {
      const found = captions.find(({ videoId }) => link.includes(videoId))
      const file = found && (await findFile(found.path))
      return file && { text: Buffer.from(file.bytes).toString('utf8'), language: found.language }
    },
    sources: library.sources.flatMap(({ title, description, feed }) =>
      feed?.endsWith('.xml') ? [{ title, description, feedUrl: `sample:${feed}` }] : [],
    ),
    findFile,
    fetch: async (request) => {
      if (!request.url.startsWith('sample:')) return options.next(request)
      const file = await findFile(request.url.slice('sample:'.length))
      if (file !== undefined) return answerWith(file, request.url)
      throw new Failure('not-found', 'outside', `The sample library has no ${request.url}.`)
    },
  }
}

async function findSample(
  { dir, now }: SampleLibraryOptions,
  { path, reference }: { path: string; reference: Date },
): Promise<SampleFile | undefined> {
  const type = TYPES[extname(path)]
  if (type === undefined) return undefined
  const root = await realpath(dir)
  const file = await realpath(join(root, path)).catch(() => undefined)
  // A path that climbs out of the library, by dots or by links, leads nowhere.
  if (file === undefined || !file.startsWith(root + sep)) return undefined
  const bytes = await readFile(file)
  if (extname(path) !== '.xml') return { bytes, type }
  const days = Math.floor((now().getTime() - reference.getTime()) / 86_400_000)
  return { bytes: Buffer.from(shiftDates(bytes.toString('utf8'), days)), type }
}

function answerWith(file: SampleFile, url: string): GuardedResponse {
  return {
    status: 200,
    headers: new Headers({ 'content-type': file.type }),
    url,
    redirects: [],
    read: async () => file.bytes,
    readEncoded: async () => ({ bytes: file.bytes, decode: async () => file.bytes }),
    async *stream() {
      yield file.bytes
    },
    cancel() {},
  }
}
