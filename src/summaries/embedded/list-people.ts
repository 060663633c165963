import type { Person } from '../../model/episode.ts'
import { isGivenName } from '../../text/names/given-names.ts'
import type { EpisodeText } from './episode-text.ts'

/** A person that is only spoken of must come up this often. */
const MIN_MENTIONS = 2
const MAX_MENTIONED = 8

/** The people of an episode: those of the feed, those who speak, those who are spoken of often. */
export function listPeople(
  { entities }: EpisodeText,
  persons: readonly Person[],
  speakers: readonly string[],
): Person[] {
  const people: Person[] = [...persons]
  const isKnown = (name: string) =>
    people.some((person) => {
      const words = new Set(person.name.toLowerCase().split(/\s+/))
      return name
        .toLowerCase()
        .split(/\s+/)
        .every((word) => words.has(word))
    })
  for (const name of speakers) if (!isKnown(name)) people.push({ name, role: 'speaker' })
  let mentioned = 0
  for (const { name, count } of entities.list) {
    if (mentioned >= MAX_MENTIONED) break
    if (count < MIN_MENTIONS || !looksLikePerson(name) || isKnown(name)) continue
    people.push({ name, role: 'mentioned' })
    mentioned++
  }
  return people
}

/** "Ada Example": two or three words without numbers, the first a given name. */
function looksLikePerson(name: string): boolean {
  const words = name.split(' ')
  const isShaped = words.every((word) => /^\p{Lu}[\p{Ll}'’-]+\p{L}*$/u.test(word))
  return words.length >= 2 && words.length <= 3 && isShaped && isGivenName(words[0] ?? '')
}
