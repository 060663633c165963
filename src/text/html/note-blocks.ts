/** A stretch of text in one look. `href` is a checked URL, or `#t=SECONDS` for a moment. */
export interface Run {
  text: string
  strong: boolean
  em: boolean
  code: boolean
  href: string | null
}

/** What one line holds, white space already single and trimmed (kept in `pre`). */
export type Line = Run[]

/** A flat piece of show notes; whatever nesting the publisher had is reduced to `level`. */
export interface Block {
  kind: 'p' | 'h' | 'li' | 'quote' | 'pre' | 'hr'
  /** For `li`: numbered or not. */
  ordered: boolean
  /** For `li`: how deep in lists, from 1. */
  level: number
  lines: Line[]
}

/** The characters of a line without their looks. */
export function lineText(line: Line): string {
  let text = ''
  for (const run of line) text += run.text
  return text
}

/** A run with the looks of `like` and other text. */
export function runLike(like: Run, text: string, href: string | null = like.href): Run {
  return { ...like, text, href }
}

/** Blocks of plain text: blank lines part paragraphs, other line breaks part lines. */
export function blocksOfPlainText(text: string): Block[] {
  const blocks: Block[] = []
  let lines: Line[] = []
  const endParagraph = () => {
    if (lines.length > 0) blocks.push({ kind: 'p', ordered: false, level: 0, lines })
    lines = []
  }
  // A deep indent is the layout of the file that the text was cut from, not a new line.
  const unwrapped = text.replace(/\r?\n[ \t]{8,}(?=\S)/g, ' ')
  for (const raw of unwrapped.split(/\r\n?|\n|\u2028|\u2029/)) {
    const words = raw.replace(/\s+/g, ' ').trim()
    if (words === '') endParagraph()
    else lines.push([{ text: words, strong: false, em: false, code: false, href: null }])
  }
  endParagraph()
  return blocks
}
