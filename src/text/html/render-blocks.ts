import { escapeAttribute, escapeText } from 'entities/escape'
import { type Block, type Line, lineText, type Run } from './note-blocks.ts'

export const OUTSIDE_LINK_REL = 'noopener noreferrer nofollow ugc'

/** HTML made of nothing but the few elements that notes need; every text escaped. */
export function renderBlocksAsHtml(blocks: readonly Block[]): string {
  const parts: string[] = []
  const lists: string[] = []
  const closeListsTo = (level: number) => {
    while (lists.length > level) parts.push(`</li></${lists.pop()}>`)
  }
  for (const block of blocks) {
    if (block.kind !== 'li') {
      closeListsTo(0)
      parts.push(renderPlainBlock(block))
      continue
    }
    const element = block.ordered ? 'ol' : 'ul'
    // A level is entered one step at a time, so that lists stay nested in items.
    const level = Math.min(block.level, lists.length + 1)
    closeListsTo(level)
    if (lists.length === level && lists.at(-1) !== element) closeListsTo(level - 1)
    if (lists.length === level) parts.push('</li>')
    else {
      parts.push(`<${element}>`)
      lists.push(element)
    }
    parts.push(`<li>${renderLines(block.lines)}`)
  }
  closeListsTo(0)
  return parts.join('')
}

/** Plain text: paragraphs parted by a blank line, items of a list on lines of their own. */
export function renderBlocksAsText(blocks: readonly Block[]): string {
  const parts: string[] = []
  let wasItem = false
  for (const block of blocks) {
    const text = block.lines.map(lineText).join('\n')
    if (block.kind === 'hr' || text.trim() === '') continue
    const isItem = block.kind === 'li'
    if (parts.length > 0) parts.push(isItem && wasItem ? '\n' : '\n\n')
    parts.push(isItem ? `- ${text}` : text)
    wasItem = isItem
  }
  return parts.join('')
}

function renderPlainBlock(block: Block): string {
  const lines =
    block.kind === 'pre' ? block.lines.map(renderLine).join('\n') : renderLines(block.lines)
  switch (block.kind) {
    case 'hr':
      return '<hr />'
    case 'h':
      return lines === '' ? '' : `<h4>${lines}</h4>`
    case 'quote':
      return lines === '' ? '' : `<blockquote><p>${lines}</p></blockquote>`
    case 'pre':
      return lines === '' ? '' : `<pre>${lines}</pre>`
    default:
      return lines === '' ? '' : `<p>${lines}</p>`
  }
}

function renderLines(lines: readonly Line[]): string {
  return lines.map(renderLine).join('<br />')
}

function renderLine(line: Line): string {
  return line.map(renderRun).join('')
}

function renderRun(run: Run): string {
  let html = escapeText(run.text)
  if (run.code) html = `<code>${html}</code>`
  if (run.em) html = `<em>${html}</em>`
  if (run.strong) html = `<strong>${html}</strong>`
  if (run.href === null) return html
  if (run.href.startsWith('#t=')) return `<a href="${escapeAttribute(run.href)}">${html}</a>`
  return `<a href="${escapeAttribute(run.href)}" rel="${OUTSIDE_LINK_REL}">${html}</a>`
}
