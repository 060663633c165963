import { createHash } from 'node:crypto'
import type { Enclosure, Person, TranscriptLink } from '../../model/episode.ts'
import { plainLine } from '../../text/html/plain-line.ts'
import { readFeedDate } from './feed-date.ts'
import { resolveUrl } from './feed-url.ts'
import type { EpisodeDraft, MapContext } from './parsed-feed.ts'

const MAX_NOTES_LENGTH = 500_000
const MAX_GUID_LENGTH = 512
const MAX_SECONDS = 14 * 86_400

type Given<T> = readonly (T | undefined | null)[]

/** An episode as the feed's format spells it. Of each list the first that can be used counts. */
export interface GivenEpisode {
  guid: string | undefined
  titles: Given<string>
  links: Given<string>
  dates: Given<string>
  durations: Given<number>
  notes: Given<string>
  enclosures: readonly {
    url?: string | undefined
    type?: string | undefined
    bytes?: number | undefined
  }[]
  transcripts?: readonly {
    url?: string | undefined
    type?: string | undefined
    language?: string | undefined
  }[]
  chaptersUrl?: string | undefined
  persons: readonly Person[]
  images: Given<string>
  season?: number | undefined
  number?: number | undefined
  language: Given<string>
  /** `xml:base` of the item. */
  base?: string | undefined
}

/** Makes what a feed gives fit for storing: resolved, clamped, plain, bounded. Never throws. */
export function draftEpisode(given: GivenEpisode, { url, now }: MapContext): EpisodeDraft {
  const base = resolveUrl(given.base, url) ?? url
  const enclosures = enclosuresOf(given, base)
  const publishedAt = firstOf(given.dates, (text) => readFeedDate(text, now))
  const notesRaw = longestOf(given.notes)
  return {
    guid: guidOf(given.guid),
    title: titleOf(given, { enclosures, notesRaw, publishedAt }),
    link: firstOf(given.links, (text) => resolveUrl(text, base)),
    publishedAt,
    durationSeconds: firstOf(given.durations, secondsOf),
    notesRaw,
    enclosures,
    transcripts: transcriptsOf(given, base),
    chaptersUrl: resolveUrl(given.chaptersUrl, base),
    persons: [...given.persons],
    imageUrl: firstOf(given.images, (text) => resolveUrl(text, base)),
    season: wholeNumber(given.season),
    number: wholeNumber(given.number),
    language: firstOf(given.language, languageTag),
  }
}

/** A guid as it is stored: trimmed, without control characters, hashed when it is absurdly long. */
export function guidOf(raw: string | undefined): string | null {
  if (raw === undefined) return null
  const guid = raw
    .replace(/\p{Cc}/gu, '')
    .trim()
    .toWellFormed()
  if (guid === '') return null
  if (guid.length <= MAX_GUID_LENGTH) return guid
  return `sha256:${createHash('sha256').update(guid).digest('hex')}`
}

/** A BCP 47 tag in its usual spelling, or null for what is none. */
export function languageTag(raw: string): string | null {
  const tag = raw.trim().replaceAll('_', '-')
  if (tag === '' || tag.length > 35) return null
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null
  } catch {
    return null
  }
}

/** People as a feed names them, each name and role once. */
export function personsOf(
  given: Given<{ name?: string | undefined; role?: string | undefined }>,
): Person[] {
  const persons = new Map<string, Person>()
  for (const person of given) {
    const name = plainLine(person?.name ?? '', 120)
    const role = plainLine(person?.role ?? '', 60).toLowerCase()
    if (name === '' || persons.size >= 100) continue
    persons.set(`${name}\n${role}`, { name, role: role === '' ? null : role })
  }
  return [...persons.values()]
}

export function firstOf<T, R>(given: Given<T>, use: (value: T) => R | null): R | null {
  for (const value of given) {
    if (value === undefined || value === null) continue
    const result = use(value)
    if (result !== null) return result
  }
  return null
}

function longestOf(given: Given<string>): string {
  let longest = ''
  for (const text of given) if (text != null && text.length > longest.length) longest = text
  return longest.slice(0, MAX_NOTES_LENGTH).replaceAll('\u0000', '').toWellFormed()
}

function enclosuresOf(given: GivenEpisode, base: string): Enclosure[] {
  const enclosures = new Map<string, Enclosure>()
  for (const { url, type, bytes } of given.enclosures) {
    const resolved = resolveUrl(url, base)
    if (resolved === null || enclosures.has(resolved) || enclosures.size >= 50) continue
    enclosures.set(resolved, {
      url: resolved,
      type: type === undefined ? null : plainLine(type, 100).toLowerCase() || null,
      bytes: wholeNumber(bytes),
    })
  }
  return [...enclosures.values()]
}

function transcriptsOf(given: GivenEpisode, base: string): TranscriptLink[] {
  const links = new Map<string, TranscriptLink>()
  for (const { url, type, language } of given.transcripts ?? []) {
    const resolved = resolveUrl(url, base)
    if (resolved === null || links.size >= 50) continue
    const key = `${resolved}\n${type}\n${language}`
    links.set(key, {
      url: resolved,
      type: plainLine(type ?? '', 100).toLowerCase(),
      language: language === undefined ? null : languageTag(language),
    })
  }
  return [...links.values()]
}

function titleOf(
  given: GivenEpisode,
  known: Pick<EpisodeDraft, 'enclosures' | 'notesRaw' | 'publishedAt'>,
): string {
  const title = firstOf(given.titles, (text) => plainLine(text) || null)
  if (title !== null) return title
  const opening = plainLine(known.notesRaw.replace(/<[^<>]*>/g, ' '), 80)
  if (opening !== '') return opening
  const file = known.enclosures[0]?.url.split(/[?#]/, 1)[0]?.split('/').at(-1)
  if (file !== undefined && file !== '') return plainLine(file, 80)
  return known.publishedAt === null ? 'Untitled' : known.publishedAt.toISOString().slice(0, 10)
}

function secondsOf(value: number): number | null {
  return Number.isFinite(value) && value >= 0 && value <= MAX_SECONDS ? value : null
}

function wholeNumber(value: number | undefined): number | null {
  if (value === undefined || !Number.isSafeInteger(value) || value < 0) return null
  return value
}
