import { readFile } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { Failure } from '../model/failure.ts'
import type { Transcript } from '../model/transcript.ts'
import { displayUrl } from '../platform/http/display-url.ts'
import { decodeText } from '../text/decode-text.ts'
import { parseTranscript } from '../transcripts/parse-transcript.ts'
import type { TranscriptProvider } from '../transcripts/transcript-provider.ts'
import { type ReadDeps, type ReadEpisode, readEpisode } from './read-episode.ts'

export type SummariseRequest = {
  /** A web address, a file, or the text itself, such as what came in by a pipe. */
  from: { address: string } | { text: string }
  title: string | null
  show: string | null
  /** A file of show notes, HTML or plain. */
  notesFile: string | null
  persons: readonly string[]
  published: Date | null
}

type Deps = Omit<ReadDeps, 'providers'>

const MAX_BYTES = 20_000_000

/**
 * Summarises one transcript in any format that publishers offer. Throws `not-a-transcript` with
 * the reason when there are no words in it, `file-not-readable`, and what the guarded fetch throws.
 */
export async function summariseText(deps: Deps, request: SummariseRequest): Promise<ReadEpisode> {
  const { text, type, name } = await readInput(deps, request.from)
  const parsed = parseTranscript(text, { url: name, ...(type !== null && { type }) })
  if (parsed.segments.length === 0) throw notATranscript(name, parsed.warnings)
  const notesRaw = request.notesFile === null ? '' : await readText(request.notesFile)
  const source = { url: name, title: request.show ?? '', siteUrl: null, kind: 'podcast' as const }
  const transcript: Transcript = {
    language: 'und',
    origin: parsed.isTimed ? 'publisher' : 'text',
    segments: parsed.segments,
  }
  return readEpisode({ ...deps, providers: [providerOf(transcript)] }, source, {
    ...NOTHING_KNOWN,
    guid: name,
    title: request.title ?? titleOf(name),
    publishedAt: request.published,
    durationSeconds: parsed.isTimed ? (parsed.segments.at(-1)?.end ?? null) : null,
    notesRaw,
    persons: request.persons.map((person) => ({ name: person, role: null })),
  })
}

const NOTHING_KNOWN = {
  link: null,
  enclosures: [],
  transcripts: [],
  chaptersUrl: null,
  imageUrl: null,
  season: null,
  number: null,
  language: null,
}

/** A provider of the words that are at hand already. */
function providerOf(transcript: Transcript): TranscriptProvider {
  const reason = 'It was given.'
  return { name: 'given', find: async () => ({ found: true, transcript, reason }) }
}

type Input = { text: string; type: string | null; name: string }

async function readInput({ fetch }: Deps, from: SummariseRequest['from']): Promise<Input> {
  if ('text' in from) return { text: from.text, type: null, name: 'standard input' }
  const { address } = from
  if (!/^(https?|sample):/i.test(address)) {
    return { text: await readText(address), type: null, name: address }
  }
  const response = await fetch({ url: address, purpose: 'transcript', maxBytes: MAX_BYTES })
  const name = displayUrl(address)
  if (response.status !== 200) {
    response.cancel()
    const message = `${name} answered with status ${response.status}. Check the address.`
    throw new Failure('not-a-transcript', 'outside', message)
  }
  const contentType = response.headers.get('content-type')
  return { text: decodeText(await response.read(), { contentType }), type: contentType, name }
}

async function readText(path: string): Promise<string> {
  try {
    return decodeText(await readFile(path))
  } catch (cause) {
    throw new Failure('file-not-readable', 'caller', `The file ${path} cannot be read.`, { cause })
  }
}

const titleOf = (name: string): string => basename(name, extname(name)) || 'Untitled'

function notATranscript(name: string, warnings: readonly string[]): Failure {
  const why = warnings.join(' ') || 'It holds no words.'
  return new Failure(
    'not-a-transcript',
    'caller',
    `${name} cannot be read as a transcript. ${why} SRT, WebVTT, JSON, HTML and plain text can.`,
  )
}
