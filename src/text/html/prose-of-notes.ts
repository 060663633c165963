/** A line that begins or ends with a time: an entry of a table of contents. */
const TIMED_LINE = /^[\s([{*•–-]*\d{1,2}:\d{2}(?::\d{2})?\b|\b\d{1,2}:\d{2}(?::\d{2})?[\s)\]}]*$/
const LINK_OR_TAG =
  /(?:https?:\/\/|www\.)\S+|\b[\w-]+(?:\.[\w-]+)+\/\S*|(?:^|\s)#[\p{L}\p{N}_]+|\S+@\S+\.\S+/gu
/** Fewer words than this beside a link are its label, not a sentence. */
const SENTENCE_WORDS = 5

/**
 * What show notes say in sentences: their plain text without tables of contents, lines that only
 * lead elsewhere, and hashtags. Paragraphs stay apart by blank lines.
 */
export function proseOfNotes(text: string): string {
  return text
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.split('\n').filter(isProse).join('\n'))
    .filter((paragraph) => paragraph.trim() !== '')
    .join('\n\n')
}

function isProse(line: string): boolean {
  if (line.trim() === '' || TIMED_LINE.test(line)) return false
  const bare = line.replace(LINK_OR_TAG, ' ')
  const words = bare.match(/[\p{L}\p{N}]+/gu)?.length ?? 0
  return bare === line ? words > 0 : words >= SENTENCE_WORDS
}
