import type { Person } from '../../model/episode.ts'
import type { CueList } from '../../text/cue-list.ts'
import { isGivenName } from '../../text/names/given-names.ts'
import type { Reading } from '../../text/reading.ts'
import type { Utterance } from '../../text/split-utterances.ts'

/** A speaker's name and what proves it: characters of the reading's text, or the label itself. */
export type NamedSpeaker = {
  readonly label: string
  readonly name: string | null
  readonly proof: { readonly from: number; readonly to: number } | null
}

/** Labels that a program gave: "Speaker 2", "SPK_01", "S3", "Host". */
const MACHINE_LABEL =
  /^(?:(?:speaker|spk|spkr|s|sprecher|hablante|locuteur|orador|relatore|spreker|voice|person|unknown|participant)[\s_-]*(?:\d{1,3}|[a-z])?|host|guest|interviewer|interviewee|narrator|moderator|\d{1,3}|[a-z])$/i
/** Calls of one speaker by another that are needed when the feed does not name the person. */
const MIN_CALLS = 2
/** A speaker gives their own name in the first sentences that they say. */
const SELF_NAMING_UTTERANCES = 60

/**
 * Names for the labels of a diarised transcript. A label that is a name stands for itself. Others
 * are named only where the text proves it: the speaker says "I'm Ada", or others call them so at
 * the turn's end and they answer; the name must be the feed's, or a name that people are given.
 * Two labels never get one name; anything unclear stays null.
 */
export function nameSpeakers(
  reading: Reading,
  persons: readonly Person[],
  cues: CueList | null,
): NamedSpeaker[] {
  const labels = [...new Set(reading.utterances.map(({ speaker }) => speaker))].filter(
    (label) => label !== null,
  )
  // A label that is a full name explains a shorter one: "Bekah" beside "Bekah Hawrot Weigel".
  const known = [...persons, ...fullLabels(labels, persons)]
  const claims = labels.map((label) => claimFor(label, { reading, persons: known, cues }))
  return claims.map((claim) => {
    const isShared = claims.some((other) => other !== claim && other.name === claim.name)
    return isShared && claim.proof !== null ? { ...claim, name: null, proof: null } : claim
  })
}

function fullLabels(labels: readonly string[], persons: readonly Person[]): Person[] {
  const names = new Set(persons.map(({ name }) => name))
  return labels
    .filter((label) => label.includes(' ') && !MACHINE_LABEL.test(label) && !names.has(label))
    .map((name) => ({ name, role: null }))
}

type Sources = { reading: Reading; persons: readonly Person[]; cues: CueList | null }

function claimFor(label: string, sources: Sources): NamedSpeaker {
  if (!MACHINE_LABEL.test(label.trim())) {
    return { label, name: fullNameOf(label, sources.persons) ?? label, proof: null }
  }
  const nothing = { label, name: null, proof: null }
  if (sources.cues === null) return nothing
  return selfNamed(label, sources) ?? called(label, sources) ?? nothing
}

/** "I'm Maren Tolliver" in the speaker's own first sentences. */
function selfNamed(label: string, { reading, persons, cues }: Sources): NamedSpeaker | null {
  const own = reading.utterances.filter(({ speaker }) => speaker === label)
  for (const utterance of own.slice(0, SELF_NAMING_UTTERANCES)) {
    const text = reading.text.slice(utterance.from, utterance.to)
    for (const match of text.matchAll(cues?.selfNaming ?? /$^/g)) {
      const name = acceptedName(match[1] ?? '', persons)
      if (name !== null) return { label, name, proof: { from: utterance.from, to: utterance.to } }
    }
  }
  return null
}

/** "Thanks, Dez." at the end of a turn, and it is this speaker who goes on. */
function called(label: string, { reading, persons, cues }: Sources): NamedSpeaker | null {
  const calls = new Map<string, Utterance[]>()
  for (const utterance of reading.utterances) {
    const next = reading.utterances[utterance.index + 1]
    if (next === undefined || next.speaker !== label || utterance.speaker === label) continue
    const text = reading.text.slice(utterance.from, utterance.to)
    for (const match of text.matchAll(cues?.naming ?? /$^/g)) {
      const name = acceptedName(match[1] ?? '', persons)
      if (name !== null) calls.set(name, [...(calls.get(name) ?? []), utterance])
    }
  }
  const [best, second] = [...calls].sort((a, b) => b[1].length - a[1].length)
  if (best === undefined || second !== undefined) return null
  const [name, utterances] = best
  const [first] = utterances
  const isOfFeed = persons.some((person) => person.name === name)
  if (first === undefined || (utterances.length < MIN_CALLS && !isOfFeed)) return null
  return { label, name, proof: { from: first.from, to: first.to } }
}

function acceptedName(heard: string, persons: readonly Person[]): string | null {
  const name = heard.replace(/[.'’-]+$/, '').trim()
  const full = fullNameOf(name, persons)
  if (full !== null) return full
  const [first = ''] = name.split(' ')
  return isGivenName(first) ? name : null
}

/** The one person of the feed who has this name, whole or in part. */
function fullNameOf(name: string, persons: readonly Person[]): string | null {
  const words = name.toLowerCase().split(/\s+/)
  const fitting = persons.filter((person) => {
    const own = person.name.toLowerCase().split(/\s+/)
    return words.length > 0 && words.every((word) => own.includes(word))
  })
  return fitting.length === 1 ? (fitting[0]?.name ?? null) : null
}
