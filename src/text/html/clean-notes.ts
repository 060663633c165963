import { decodeHTML } from 'entities'
import type { CleanNotes, GivenChapter } from '../../model/episode.ts'
import { findChapterTimes } from './find-chapter-times.ts'
import { linkNotes } from './link-notes.ts'
import { type Block, blocksOfPlainText, type Line, lineText, runLike } from './note-blocks.ts'
import { readBlocks } from './read-blocks.ts'
import { renderBlocksAsHtml, renderBlocksAsText } from './render-blocks.ts'
import { sanitiseNotes } from './sanitise-notes.ts'

/** Longer notes are cut here: they hold a whole book or an attack. In characters. */
export const MAX_NOTES_LENGTH = 150_000
const MAX_LINES = 20_000

const ANY_TAG =
  /<\/?(?:a|abbr|article|aside|b|big|blockquote|body|br|center|cite|code|dd|del|div|dl|dt|em|figure|font|footer|h[1-6]|header|hr|html|i|iframe|img|ins|li|main|nav|ol|p|pre|q|s|script|section|small|span|strong|style|sub|sup|svg|table|tbody|td|th|tr|tt|u|ul)(?:\s[^<]*)?\/?>/i
const BLOCK_TAG =
  /<(?:p|br|div|li|ul|ol|table|h[1-6]|blockquote|pre|section|article)(?:\s[^<]*)?\/?>/i
const ESCAPED_TAG =
  /&(?:amp;){0,2}lt;\/?(?:a|b|br|blockquote|div|em|h[1-6]|i|img|li|ol|p|span|strong|table|u|ul)(?:\s|\/|&(?:amp;){0,2}gt;)/i

/**
 * Show notes as pages, e-mails and the summariser need them, from whatever the publisher gave:
 * HTML, HTML escaped too often, plain text with line breaks, or a mixture.
 *
 * `html` holds a few harmless elements only, its links marked as the publisher's, times of
 * recognised chapters as `<a href="#t=65">`; `text` is the same without markup; `links` holds each
 * address once. Time and memory are linear in the input, of which the first 150,000 characters
 * count. Never throws.
 */
export function cleanNotes(raw: string): CleanNotes {
  const blocks = blocksOf(bounded(raw))
  const chapters = markChapters(blocks)
  const links = linkNotes(blocks)
  return {
    // Sanitise last: rewriting may put back markup that we removed.
    html: sanitiseNotes(renderBlocksAsHtml(blocks)),
    text: renderBlocksAsText(blocks),
    links,
    chapters,
  }
}

function bounded(raw: string): string {
  const text = raw.slice(0, MAX_NOTES_LENGTH).replace(/(?![\t\n\r])\p{Cc}/gu, '')
  return text.toWellFormed()
}

function blocksOf(text: string): Block[] {
  let html = text
  for (let round = 0; round < 3 && !ANY_TAG.test(html) && ESCAPED_TAG.test(html); round++) {
    html = decodeHTML(html)
  }
  if (!ANY_TAG.test(html)) return limited(blocksOfPlainText(decodeHTML(html)))
  return limited(readBlocks(html, { newlinesBreak: !BLOCK_TAG.test(html) }))
}

/** Keeps a page of a hundred thousand empty tags from becoming as many lines. */
function limited(blocks: Block[]): Block[] {
  let lines = 0
  const kept: Block[] = []
  for (const block of blocks) {
    lines += Math.max(1, block.lines.length)
    if (lines > MAX_LINES) break
    kept.push(block)
  }
  return kept
}

/** Finds the chapter list and turns its times into links to their moments. */
function markChapters(blocks: readonly Block[]): GivenChapter[] {
  const places: { block: Block; index: number }[] = []
  for (const block of blocks) {
    for (const index of block.lines.keys()) places.push({ block, index })
  }
  const texts = places.map(({ block, index }) => lineText(block.lines[index] ?? []))
  const times = findChapterTimes(texts)
  // From the end, so that the offsets of earlier times in the same line stay true.
  for (const time of times.toReversed()) {
    const place = places[time.line]
    const line = place?.block.lines[place.index]
    if (place === undefined || line === undefined) continue
    place.block.lines[place.index] = withMoment(line, time)
  }
  return times.map(({ title, start }) => ({ title, start }))
}

function withMoment(line: Line, time: { from: number; to: number; start: number }): Line {
  const result: Line = []
  let offset = 0
  for (const run of line) {
    const from = Math.max(0, time.from - offset)
    const to = Math.min(run.text.length, time.to - offset)
    offset += run.text.length
    if (from >= to) {
      result.push(run)
      continue
    }
    if (from > 0) result.push(runLike(run, run.text.slice(0, from)))
    result.push(runLike(run, run.text.slice(from, to), `#t=${time.start}`))
    if (to < run.text.length) result.push(runLike(run, run.text.slice(to)))
  }
  return result
}
