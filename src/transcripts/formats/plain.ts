import type { Segment } from '../../model/transcript.ts'
import { parseClock } from './parse-clock.ts'
import type { ParsedFormat } from './parsed-format.ts'

const WORDS_PER_SECOND = 2.5
const CLOCK = String.raw`\[?\(?((?:\d{1,2}:)?\d{1,3}:[0-5]\d(?:[.,]\d{1,3})?)\)?\]?`
const NAME = String.raw`(\p{Lu}[\p{L}\p{N}.'’_-]*(?: (?:\(?\p{Lu}[\p{L}\p{N}.'’_-]*\)?|\d{1,2}|de|da|di|la|le|van|von|der|den|and|&)){0,5})`
/** `[00:01:02] Ada Example: text`, `00:01:02 - text`. */
const TIME_FIRST = new RegExp(
  String.raw`^${CLOCK}\s*(?:[-–—:|]\s*)?(?:${NAME}\s*:(?=\s|$))?\s*(.*)$`,
  'su',
)
/** `Ada Example (00:01:02): text`, and `Ada Example: 0:53` above a paragraph. */
const NAME_FIRST = new RegExp(
  String.raw`^${NAME}\s*:?\s*[-–—|]?\s*${CLOCK}\s*:?(?:\s+(.*))?$`,
  'su',
)
const NAME_ONLY = new RegExp(String.raw`^${NAME}\s*:\s*$`, 'u')

interface Piece {
  start: number | null
  speaker: string | null
  text: string
}

/**
 * Plain text and Markdown, with or without times and speakers.
 *
 * Times may open a paragraph or stand on a line of their own; names may stand before or after
 * them, in bold or not. Text without times gives one segment for each paragraph, its index in
 * place of seconds.
 */
export function parsePlain(text: string): ParsedFormat {
  const paragraphs = paragraphsOf(text)
  const pieces = withHeadsJoined(paragraphs.map(pieceOf))
  const times = pieces.filter((piece) => piece.start !== null)
  // One time in a text is a mention, not a clock that runs along.
  const isTimed =
    times.length >= 2 && times.length * 12 >= pieces.length && isMostlyAscending(times)
  if (!isTimed) {
    const untimed = withHeadsJoined(paragraphs.map(untimedPieceOf))
    const segments = untimed.map(({ speaker, text }, index) => ({
      start: index,
      end: index,
      speaker,
      text,
    }))
    return { segments, isTimed: false, carriesSpeakers: true }
  }
  return { segments: timed(pieces), isTimed: true, carriesSpeakers: true }
}

function paragraphsOf(text: string): string[] {
  const paragraphs: string[] = []
  let lines: string[] = []
  const end = () => {
    if (lines.length > 0) paragraphs.push(lines.join(' '))
    lines = []
  }
  const isMarkdown = text.includes('**')
  for (const raw of text.split(/\r\n?|\n/)) {
    const line = (isMarkdown ? withoutMarkdown(raw) : raw).trim()
    if (line === '') end()
    else {
      if (opensPiece(raw, line)) end()
      lines.push(line)
    }
  }
  end()
  return paragraphs
}

/** A line that starts a piece although no blank line stands above it. */
function opensPiece(raw: string, line: string): boolean {
  if (/^\s*(?:\*\*|__)[^*_]{1,80}:?(?:\*\*|__)/.test(raw)) return true
  const head = line.slice(0, 120)
  return (
    (/\d:\d\d/.test(head) && (TIME_FIRST.test(head) || NAME_FIRST.test(head))) || isLabelled(head)
  )
}

function isLabelled(head: string): boolean {
  return /^\p{Lu}[\p{L}.'’-]*(?: \p{Lu}[\p{L}.'’-]*){0,3}:\s/u.test(head)
}

/** Bold, emphasis, headings, quotes, links and escapes of Markdown taken out. */
function withoutMarkdown(line: string): string {
  return line
    .replace(/^\s{0,3}(?:#{1,6}\s+|>\s?|[-*]\s+(?=\*\*))/, '')
    .replace(/\*\*([^*]{1,200})\*\*|__([^_]{1,200})__/g, '$1$2')
    .replace(/(?<![\p{L}\p{N}])([*_])(?=\S)([^*_]{1,200})(?<=\S)\1(?![\p{L}\p{N}])/gu, '$2')
    .replace(/(?<!\\)\[([^\][]{1,300})\]\([^()\s]{1,500}\)/g, '$1')
    .replace(/\\([[\](){}*_#.!`~>+-])/g, '$1')
}

function pieceOf(paragraph: string): Piece {
  const timeFirst = TIME_FIRST.exec(paragraph)
  if (timeFirst !== null) {
    const [, clock = '', name, text = ''] = timeFirst
    const start = parseClock(clock)
    return { start, speaker: name ?? null, text }
  }
  const nameFirst = /\d:\d\d/.test(paragraph.slice(0, 120)) ? NAME_FIRST.exec(paragraph) : null
  if (nameFirst !== null) {
    const [, name = '', clock = '', text = ''] = nameFirst
    return { start: parseClock(clock), speaker: name, text }
  }
  return untimedPieceOf(paragraph)
}

function untimedPieceOf(paragraph: string): Piece {
  const nameOnly = NAME_ONLY.exec(paragraph)
  if (nameOnly !== null) return { start: null, speaker: nameOnly[1] ?? null, text: '' }
  return { start: null, speaker: null, text: paragraph }
}

/** A piece of name and time alone is the head of the paragraph below it. */
function withHeadsJoined(pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = []
  let head: Omit<Piece, 'text'> = { start: null, speaker: null }
  for (const { start, speaker, text } of pieces) {
    const piece = { start: start ?? head.start, speaker: speaker ?? head.speaker, text }
    if (text !== '') joined.push(piece)
    head = text === '' ? piece : { start: null, speaker: null }
  }
  return joined
}

function isMostlyAscending(pieces: readonly Piece[]): boolean {
  let ascending = 0
  for (const [index, { start }] of pieces.entries()) {
    if (index === 0 || (start ?? 0) >= (pieces[index - 1]?.start ?? 0)) ascending++
  }
  return ascending * 10 >= pieces.length * 9
}

/** Ends come from the next start; paragraphs without a time of their own share the last one's. */
function timed(pieces: readonly Piece[]): Segment[] {
  const segments: Segment[] = []
  let from = 0
  while (from < pieces.length) {
    let to = from + 1
    while (to < pieces.length && pieces[to]?.start === null) to++
    const group = pieces.slice(from, to)
    const start = group[0]?.start ?? 0
    const spoken = group.reduce((sum, piece) => sum + secondsToSay(piece.text), 0)
    const end = pieces[to]?.start ?? start + spoken
    segments.push(...sharedOut(group, { start, end: Math.max(start, end), spoken }))
    from = to
  }
  return segments
}

function sharedOut(
  group: readonly Piece[],
  { start, end, spoken }: { start: number; end: number; spoken: number },
): Segment[] {
  let at = start
  return group.map(({ speaker, text }, index) => {
    const from = at
    const share = spoken > 0 ? (secondsToSay(text) / spoken) * (end - start) : 0
    at = index === group.length - 1 ? end : from + share
    return { start: from, end: at, speaker, text }
  })
}

function secondsToSay(text: string): number {
  return text.split(/\s+/).length / WORDS_PER_SECOND
}
