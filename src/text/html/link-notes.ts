import type { Link } from '../../model/episode.ts'
import { cleanUrl, urlKey } from './clean-url.ts'
import { type Block, type Line, type Run, runLike } from './note-blocks.ts'
import { isUrlLike, readableUrl } from './readable-url.ts'

const MAX_LINKS = 500
const BARE_URL = /(?<![\p{L}\p{N}@/.])(?:https?:\/\/|www\.)[^\s<>"`{}|\\^]+/giu
const SAYS_NOTHING =
  /^(?:here|link|this|click here|click|read more|more|website|watch|listen|url)[.:!]?$/i

interface Linking {
  links: Map<string, Link>
  /** Key of the link that was written last, and in which line, to merge a doubled URL. */
  lastKey: string | null
  lastLine: number
}

/**
 * Checks and names every link in place and gives each distinct one once, in order of appearance.
 *
 * Bare URLs become links; a link whose text is its own address gets readable words instead; an
 * address repeated right after its link is dropped. Addresses that may not stand on a page leave
 * their text. Moments (`#t=65`) stay as they are and are not listed.
 */
export function linkNotes(blocks: readonly Block[]): Link[] {
  const linking: Linking = { links: new Map(), lastKey: null, lastLine: -10 }
  let number = 0
  for (const block of blocks) {
    const kept: Line[] = []
    for (const line of block.lines) {
      number++
      const linked = linkLine(line, { linking, number, isVerbatim: block.kind === 'pre' })
      if (linked.length > 0 || line.length === 0) kept.push(linked)
    }
    block.lines = kept
  }
  return [...linking.links.values()].slice(0, MAX_LINKS)
}

interface At {
  linking: Linking
  number: number
  isVerbatim: boolean
}

function linkLine(line: Line, at: At): Line {
  const result: Run[] = []
  for (let n = 0; n < line.length; n++) {
    const run = line[n]
    if (run === undefined) continue
    if (run.href === null) result.push(...linkifyText(run, at))
    else if (run.href.startsWith('#t=')) result.push(run)
    else {
      // One anchor may be several runs, bold and plain: it is named as a whole.
      let end = n + 1
      while (end < line.length && line[end]?.href === run.href) end++
      result.push(...linkAnchor(line.slice(n, end), at))
      n = end - 1
    }
  }
  return at.isVerbatim ? result : tidied(result)
}

function linkAnchor(runs: readonly Run[], at: At): Run[] {
  const [first] = runs
  const url = first?.href == null ? null : cleanUrl(first.href)
  if (first === undefined) return []
  if (url === null) return runs.map((run) => runLike(run, run.text, null))
  const text = runs.map((run) => run.text).join('')
  const words = text.trim()
  const isBare = words === '' || isUrlLike(words) || urlKey(words) === urlKey(url)
  if (!isBare) {
    note(at, url, SAYS_NOTHING.test(words) ? readableUrl(url) : words)
    return runs.map((run) => runLike(run, run.text, url))
  }
  if (words === '') return runs.map((run) => runLike(run, run.text, null))
  return [...spaceBefore(first, text), ...bareLink(first, url, at), ...spaceAfter(first, text)]
}

function linkifyText(run: Run, at: At): Run[] {
  if (!run.text.includes('://') && !/www\./i.test(run.text)) return [run]
  const result: Run[] = []
  let from = 0
  for (const match of run.text.matchAll(BARE_URL)) {
    const found = withoutTrailingSigns(match[0])
    const url = cleanUrl(found)
    if (url === null) continue
    if (match.index > from) result.push(runLike(run, run.text.slice(from, match.index)))
    if (at.isVerbatim) {
      note(at, url, readableUrl(url))
      result.push(runLike(run, found, url))
    } else result.push(...bareLink(run, url, at))
    from = match.index + found.length
  }
  if (from < run.text.length) result.push(runLike(run, run.text.slice(from)))
  return result
}

/** A link without words of its own, or nothing when it only repeats the one just before. */
function bareLink(run: Run, url: string, at: At): Run[] {
  const key = urlKey(url)
  const { linking, number } = at
  const isRepeat = linking.lastKey === key && number - linking.lastLine <= 1
  if (isRepeat) return []
  const title = readableUrl(url)
  note(at, url, title)
  return [runLike(run, title, url)]
}

function note({ linking, number }: At, url: string, title: string): void {
  const key = urlKey(url)
  linking.lastKey = key
  linking.lastLine = number
  if (!linking.links.has(key)) linking.links.set(key, { url, title, origin: 'notes' })
}

/** `(see https://a.example/b).` ends before the bracket that was opened outside the address. */
function withoutTrailingSigns(url: string): string {
  let end = url.length
  let opened = 0
  for (const sign of url) if (sign === '(') opened++
  let closed = 0
  for (const sign of url) if (sign === ')') closed++
  while (end > 0) {
    const sign = url.charAt(end - 1)
    if (sign === ')' && closed > opened) closed--
    else if (!/[.,;:!?'"’”»…\]*_]/.test(sign)) break
    end--
  }
  return url.slice(0, end)
}

function spaceBefore(run: Run, text: string): Run[] {
  return text.startsWith(' ') ? [runLike(run, ' ', null)] : []
}

function spaceAfter(run: Run, text: string): Run[] {
  return text.endsWith(' ') ? [runLike(run, ' ', null)] : []
}

/** Joins what a dropped address left: empty brackets, doubled spaces, a lonely dash at the end. */
function tidied(line: Line): Line {
  const result: Run[] = []
  for (const run of line) {
    const last = result.at(-1)
    const joins = last !== undefined && last.href === run.href && isSameLook(last, run)
    if (joins) last.text += run.text
    else if (run.text !== '') result.push({ ...run })
  }
  for (const run of result) {
    if (run.href === null)
      run.text = run.text.replace(/\(\s*\)|\[\s*\]|<\s*>/g, '').replace(/ {2,}/g, ' ')
  }
  const last = result.at(-1)
  if (last !== undefined && last.href === null && result.length > 1) {
    last.text = last.text.replace(/\s*[-–—:|]?\s*$/, '')
  }
  const isEmpty = result.every((run) => run.text.trim() === '')
  return isEmpty ? [] : result.filter((run) => run.text !== '')
}

function isSameLook(a: Run, b: Run): boolean {
  return a.strong === b.strong && a.em === b.em && a.code === b.code
}
