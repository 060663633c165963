import type { TranscriptLink } from '../../model/episode.ts'
import { messageOf } from '../../model/failure.ts'
import type { Transcript } from '../../model/transcript.ts'
import type { GuardedFetch } from '../../platform/http/guarded-fetch.ts'
import type { GuardedResponse } from '../../platform/http/guarded-request.ts'
import { parseRetryAfter } from '../../platform/http/retry-after.ts'
import { decodeTextInSlices } from '../../text/decode-text.ts'
import { type ParsedTranscript, parseTranscript } from '../parse-transcript.ts'
import type {
  TranscriptAnswer,
  TranscriptProvider,
  TranscriptRequest,
} from '../transcript-provider.ts'

export interface PublisherOptions {
  fetch: GuardedFetch
  /** Links that are tried for one episode. Default 4. */
  maxLinks?: number
  maxBytes?: number
}

/** What one link led to. */
interface Tried {
  link: TranscriptLink
  parsed: ParsedTranscript | null
  /** Part of a sentence, such as `SRT: 54 segments with speakers`. */
  words: string
  retryAt: Date | null
}

const MAX_LINKS = 4
const MAX_BYTES = 20_000_000
/** How long after publication a missing file may still be on its way. */
const FRESH_MS = 3 * 86_400_000
/** Formats in the order in which they tend to be the better text. */
const QUALITY = [/json/i, /vtt/i, /srt|subrip/i, /html?\b/i, /plain|txt|markdown/i]

/**
 * The transcripts that the publisher links to in the feed (`podcast:transcript`).
 *
 * Links in the episode's language are read first, then those without a language; of one language
 * JSON, WebVTT and SRT before HTML before plain text. The first with times and speakers is taken;
 * else the best of those that could be read. One without times is given with origin `text`, its
 * segments numbered.
 */
export function createPublisherProvider(options: PublisherOptions): TranscriptProvider {
  return { name: 'publisher', find: (request) => findAtPublisher(request, options) }
}

async function findAtPublisher(
  request: TranscriptRequest,
  options: PublisherOptions,
): Promise<TranscriptAnswer> {
  const { episode } = request
  const links = inOrder(episode.transcripts, episode.language).slice(
    0,
    options.maxLinks ?? MAX_LINKS,
  )
  if (links.length === 0) {
    return { found: false, reason: 'The feed offers no transcript.', retryAt: null }
  }
  const tried: Tried[] = []
  for (const link of links) {
    request.signal?.throwIfAborted()
    // What is found in one language is better than more of it in another.
    if (
      tried.some(({ parsed, link: other }) => parsed !== null && other.language !== link.language)
    )
      break
    const result = await tryLink(link, request, options)
    tried.push(result)
    if (qualityOf(result.parsed) === 3) break
  }
  return answerOf(tried, episode.language)
}

function answerOf(tried: readonly Tried[], language: string | null): TranscriptAnswer {
  const reason = `${tried.map(({ words }) => words).join('; ')}.`
  const best = tried.reduce<Tried | null>((a, b) => {
    return qualityOf(b.parsed) > qualityOf(a?.parsed ?? null) ? b : a
  }, null)
  if (best?.parsed == null) {
    const waits = tried.flatMap(({ retryAt }) => (retryAt === null ? [] : [Number(retryAt)]))
    return {
      found: false,
      reason,
      retryAt: waits.length === 0 ? null : new Date(Math.min(...waits)),
    }
  }
  const { segments, isTimed } = best.parsed
  const transcript: Transcript = {
    language: best.link.language ?? language ?? 'und',
    origin: isTimed ? 'publisher' : 'text',
    segments,
  }
  return { found: true, transcript, reason }
}

/** 3 with times and speakers, 2 with times, 1 readable, 0 nothing. */
function qualityOf(parsed: ParsedTranscript | null): number {
  if (parsed === null) return 0
  if (!parsed.isTimed) return 1
  return parsed.segments.some(({ speaker }) => speaker !== null) ? 3 : 2
}

function inOrder(links: readonly TranscriptLink[], language: string | null): TranscriptLink[] {
  const distinct = [...new Map(links.map((link) => [link.url, link])).values()]
  return distinct.toSorted(
    (a, b) =>
      languageRank(a, language) - languageRank(b, language) || formatRank(a) - formatRank(b),
  )
}

function languageRank(link: TranscriptLink, language: string | null): number {
  // Where the show names no language, neither does the file that is most likely in it.
  if (link.language === null) return language === null ? 0 : 1
  if (language === null) return 1
  return primary(link.language) === primary(language) ? 0 : 2
}

function primary(language: string): string {
  return (language.split('-', 1)[0] ?? '').toLowerCase()
}

function formatRank({ type, url }: TranscriptLink): number {
  const path = url.split(/[?#]/, 1)[0] ?? ''
  const byType = QUALITY.findIndex((format) => format.test(type))
  const rank = byType >= 0 ? byType : QUALITY.findIndex((format) => format.test(path.slice(-5)))
  return rank < 0 ? QUALITY.length : rank
}

async function tryLink(
  link: TranscriptLink,
  request: TranscriptRequest,
  { fetch, maxBytes = MAX_BYTES }: PublisherOptions,
): Promise<Tried> {
  const { signal } = request
  try {
    const response = await fetch({
      url: link.url,
      purpose: 'transcript',
      maxBytes,
      ...(signal === undefined ? {} : { signal }),
    })
    if (response.status !== 200) return refused(link, response, request)
    const contentType = response.headers.get('content-type')
    const text = await decodeTextInSlices(await response.read(), { contentType })
    return readable(link, parseTranscript(text, { type: link.type, url: link.url }))
  } catch (error) {
    signal?.throwIfAborted()
    return { link, parsed: null, words: trimStop(messageOf(error)), retryAt: null }
  }
}

function readable(link: TranscriptLink, parsed: ParsedTranscript): Tried {
  const name = nameOf(link, parsed)
  const { segments, isTimed, warnings } = parsed
  if (segments.length === 0) {
    return { link, parsed: null, words: `${name}: ${trimStop(warnings.join(' '))}`, retryAt: null }
  }
  const people = segments.some(({ speaker }) => speaker !== null) ? 'with' : 'without'
  const unit = isTimed ? 'segment' : 'paragraph'
  const count = `${segments.length} ${unit}${segments.length === 1 ? '' : 's'}`
  const words = `${name}: ${count}${isTimed ? '' : ' without times,'} ${people} speakers`
  return { link, parsed, words, retryAt: null }
}

/** 404 soon after publication often means not yet; 429 and 5xx say when to come again. */
function refused(
  link: TranscriptLink,
  response: GuardedResponse,
  { now, episode }: TranscriptRequest,
): Tried {
  response.cancel()
  const { status } = response
  const age = now.getTime() - (episode.publishedAt?.getTime() ?? 0)
  const mayCome = (status === 404 && age < FRESH_MS) || status === 429 || status >= 500
  const asked = parseRetryAfter(response.headers.get('retry-after'), now)
  const later = new Date(now.getTime() + 60 * 60_000)
  const retryAt = mayCome ? (asked ?? later) : null
  const words = `${nameOf(link, null)}: the publisher's server answered ${status}`
  return { link, parsed: null, words, retryAt }
}

function nameOf(link: TranscriptLink, parsed: ParsedTranscript | null): string {
  const format =
    parsed?.format ?? ['json', 'vtt', 'srt', 'html', 'plain'][formatRank(link)] ?? 'file'
  const names = {
    json: 'JSON',
    vtt: 'WebVTT',
    srt: 'SRT',
    html: 'HTML',
    plain: 'Plain text',
    file: 'File',
  }
  return names[format as keyof typeof names]
}

function trimStop(sentence: string): string {
  return sentence.replace(/\.$/, '')
}
