/** A cue on its way to a segment: one speaker's words with line breaks still in them. */
export interface SpokenCue {
  start: number
  end: number
  speaker: string | null
  text: string
  /** Set where `>>` marked a change of speaker without naming the new one. */
  isNewSpeaker: boolean
}

const LABEL =
  /^[\s-]*(\p{Lu}[\p{L}\p{N}.'’_-]*(?:\s(?:\(?\p{Lu}[\p{L}\p{N}.'’_-]*\)?|\d{1,2}|de|da|di|la|le|van|von|der|den|and|&)){0,5})\s*:\s+(?=\S)/u
/** Words that open sentences and lists with a colon and are nobody's name. */
const NO_NAME =
  /^(?:and|but|so|well|ok|okay|yes|no|now|then|also|because|note|warning|example|remember|first|second|third|fact|tip|step|part|chapter|episode|today|tomorrow|yesterday|question of the day|update|breaking|ps|http|https|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|september|october|november|december)$/i
const FULL_NAME = /^\p{Lu}[\p{L}.'’-]+ (?:\S+ )*\p{Lu}[\p{L}.'’-]*$/u
const NOT_SPEAKERS =
  /^(?:break|music|jingle|intro|outro|ad|ads|advertisement|sponsor|sponsors|transcript|narration break)$/i

/**
 * Names the speakers of cues: from labels such as `Ada Example: …` at their start, and, where
 * names stand only at changes of speaker, from the name before.
 *
 * A label counts when it comes more than once, or once in two or more capitalised words among
 * others that count: a sentence that begins `Remember:` is no speaker.
 */
export function nameSpeakers(cues: readonly SpokenCue[], carries: boolean): SpokenCue[] {
  const labels = labelsThatCount(cues)
  let current: string | null = null
  return cues.map((cue) => {
    const given = speakerName(cue.speaker)
    const label = given === null ? labelOf(cue.text) : null
    const named = label !== null && labels.has(label.name) ? label : null
    if (cue.isNewSpeaker) current = null
    if (given !== null) current = given
    else if (named !== null) current = speakerName(named.name)
    const text = named === null ? cue.text : cue.text.slice(named.length)
    return { ...cue, text, speaker: carries ? current : (given ?? named?.name ?? null) }
  })
}

function labelsThatCount(cues: readonly SpokenCue[]): Set<string> {
  const counts = new Map<string, number>()
  for (const cue of cues) {
    if (cue.speaker !== null) continue
    const label = labelOf(cue.text)
    if (label !== null) counts.set(label.name, (counts.get(label.name) ?? 0) + 1)
  }
  const counting = new Set<string>()
  for (const [name, count] of counts) if (count > 1) counting.add(name)
  const hasOthers = counting.size > 0 || counts.size === 1
  for (const name of counts.keys()) if (hasOthers && FULL_NAME.test(name)) counting.add(name)
  return counting
}

function labelOf(text: string): { name: string; length: number } | null {
  // Most cues have no colon near their start: looking for one is cheaper than the pattern.
  const colon = text.indexOf(':')
  if (colon < 1 || colon > 60) return null
  const match = LABEL.exec(text)
  if (match === null) return null
  const name = (match[1] ?? '').replace(/\s+/g, ' ')
  return NO_NAME.test(name) ? null : { name, length: match[0].length }
}

function speakerName(raw: string | null): string | null {
  if (raw === null) return null
  const name = raw.replace(/\s+/g, ' ').trim().replace(/\s*:$/, '').slice(0, 120).toWellFormed()
  return name === '' || NOT_SPEAKERS.test(name) ? null : name
}
