import type { CleanNotes, Person } from '../../model/episode.ts'

/** Where a name of the roster was found. */
export type NameOrigin =
  | 'person'
  | 'title'
  | 'notes'
  | 'handle'
  | 'chapter'
  | 'earlier'
  | 'correction'

/** A spelling that somebody wrote down, against which heard names are checked. */
export type RosterName = {
  readonly name: string
  readonly origin: NameOrigin
  /** True when this episode's own feed, notes or chapters have it. */
  readonly isOfEpisode: boolean
}

const NAME_RUN =
  /\p{Lu}[\p{L}'’-]+(?: (?:de|da|di|van|von|der|den|el|al|bin) )?(?: ?\p{Lu}[\p{L}'’-]+){0,3}/gu
const HANDLE =
  /(?:^|[\s(])@([A-Za-z][\w.-]{3,30})|(?:twitter|x|instagram|github|linkedin|mastodon|bsky|youtube|tiktok)\.[a-z.]+\/(?:in\/|@)?([A-Za-z][\w.-]{3,40})/g
const MIN_LETTERS = 4
const MAX_NAMES = 400

/** All spellings of names that come with an episode, each once, the surest origin first. */
export function collectRoster(given: {
  persons: readonly Person[]
  title: string
  show: string
  notes: CleanNotes | null
  chapterTitles: readonly string[]
  earlier: readonly string[]
}): RosterName[] {
  const found: RosterName[] = [
    ...given.persons.map(({ name }) => nameOf(name, 'person')),
    ...namesIn(given.title).map((name) => nameOf(name, 'title')),
    ...namesIn(given.notes?.text ?? '').map((name) => nameOf(name, 'notes')),
    ...given.chapterTitles.flatMap(namesIn).map((name) => nameOf(name, 'chapter')),
    ...handlesOf(given.notes).map((name) => nameOf(name, 'handle')),
    ...given.earlier.map((name) => nameOf(name, 'earlier')),
  ]
  const known = new Map<string, RosterName>()
  for (const entry of found) {
    const key = entry.name.toLowerCase()
    if (entry.name.length >= MIN_LETTERS && !known.has(key)) known.set(key, entry)
    if (known.size >= MAX_NAMES) break
  }
  return [...known.values()]
}

function nameOf(name: string, origin: NameOrigin): RosterName {
  return { name: name.trim(), origin, isOfEpisode: origin !== 'earlier' }
}

/** Runs of capitalised words inside sentences; a single word only when it does not open one. */
function namesIn(text: string): string[] {
  const names: string[] = []
  for (const match of text.matchAll(NAME_RUN)) {
    const isOpening = /(?:^|[.!?:\n•–—-]\s*)$/.test(
      text.slice(Math.max(0, match.index - 3), match.index),
    )
    const name = match[0].trim()
    if (isOpening && !name.includes(' ')) continue
    names.push(name)
  }
  return names
}

/** `friedberg` of `@friedberg` or of a profile's address. */
function handlesOf(notes: CleanNotes | null): string[] {
  if (notes === null) return []
  const text = `${notes.text}\n${notes.links.map(({ url }) => url).join('\n')}`
  return [...text.matchAll(HANDLE)]
    .flatMap(([, at, profile]) => (at ?? profile ?? '').split(/[\W_\d]+/))
    .filter((part) => part.length >= MIN_LETTERS + 2)
    .map((part) => `${(part[0] ?? '').toUpperCase()}${part.slice(1).toLowerCase()}`)
}
