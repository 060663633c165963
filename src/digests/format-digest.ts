import type { TranscriptOrigin } from '../model/transcript.ts'
import type { DigestContent, DigestItem, MomentPlace, Verdict } from './digest-content.ts'

const DATE = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
})
const SHORT_DATE = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
})

/** `2026-11-23` → `Monday 23 November 2026`. The date has no zone: it is the reader's own. */
export function formatLocalDate(localDate: string, style: 'long' | 'short' = 'long'): string {
  const parts = (style === 'long' ? DATE : SHORT_DATE).formatToParts(
    new Date(`${localDate}T00:00:00Z`),
  )
  // en-GB puts a comma after the weekday in some ICU versions and none in others.
  return parts
    .map((part) => (part.type === 'literal' ? ' ' : part.value))
    .join('')
    .trim()
}

/** Seconds as `m:ss`, or `h:mm:ss` from one hour on. */
export function formatClock(seconds: number): string {
  const whole = Math.floor(seconds)
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor((whole % 3600) / 60)
  const rest = String(whole % 60).padStart(2, '0')
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`
}

/** Where a moment is, for reading: `12:40`, or `Paragraph 3`. */
export function formatPlace(place: MomentPlace): string {
  return place.unit === 'time'
    ? formatClock(place.start)
    : `Paragraph ${Math.floor(place.start) + 1}`
}

/** A length for reading: `48 min`, `1 h 05 min`; never less than a minute. */
export function formatLength(seconds: number): string {
  const minutes = Math.max(1, Math.round(seconds / 60))
  if (minutes < 60) return `${minutes} min`
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`
}

/** `1 item`, `2 items`. */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

/** The line over a title, without the show: `48 min · 3 min read · Interview`. */
export function formatItemFacts(item: DigestItem): string[] {
  const facts: string[] = []
  if (item.durationSeconds !== null) facts.push(formatLength(item.durationSeconds))
  if (item.readingMinutes !== null) facts.push(`${item.readingMinutes} min read`)
  return [...facts, ...item.badges]
}

/** What the digest holds in one line: `7 items · 16 min to read · 3 h 20 min if you heard it all`. */
export function formatDigestFacts(content: DigestContent): string {
  const reading = content.items.reduce((sum, item) => sum + (item.readingMinutes ?? 0), 0)
  const listening = content.items.reduce((sum, item) => sum + (item.durationSeconds ?? 0), 0)
  const facts = [countOf(content.items.length, 'item')]
  if (reading > 0) facts.push(`${formatLength(reading * 60)} to read`)
  if (listening > 0) facts.push(`${formatLength(listening)} if you heard it all`)
  return facts.join(' · ')
}

const ORIGIN_SENTENCES: Record<TranscriptOrigin, string> = {
  publisher: 'Quoted from the publisher’s transcript.',
  captions: 'Quoted from the platform’s captions; names may be misheard.',
  'speech-to-text': 'Quoted from a machine’s transcript; names may be misheard.',
  text: 'Quoted from the show notes; there is no transcript.',
}

/** Where an item's words come from, as a sentence. */
export function formatOrigin(item: Pick<DigestItem, 'origin' | 'kind'>): string {
  if (item.origin === 'text' && item.kind === 'newsletter') return 'Quoted from the issue itself.'
  if (item.origin === 'text' && item.kind === 'blog') return 'Quoted from the article itself.'
  if (item.origin === 'text' && item.kind === 'youtube') {
    return 'Quoted from the video’s description; there is no transcript.'
  }
  return ORIGIN_SENTENCES[item.origin]
}

/** A verdict as a heading and the fact that it rests on. */
export function formatVerdict(verdict: Verdict): { advice: string; because: string } {
  switch (verdict.kind) {
    case 'listen':
      return {
        advice: `Listen from ${formatClock(verdict.fromSeconds)}`,
        because: `${verdict.quotesInside} of ${verdict.quotesTotal} quoted moments lie in the next ${verdict.minutes === 1 ? 'minute' : `${verdict.minutes} minutes`}`,
      }
    case 'read':
      return { advice: 'Read it', because: 'the whole of it is text' }
    case 'skip':
      return { advice: 'Skip', because: 'nothing in it could be quoted' }
  }
}
