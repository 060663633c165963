import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2'
import type { Block, Line, Run } from './note-blocks.ts'

const MAX_LIST_LEVEL = 6
const STRONG = new Set(['strong', 'b'])
const EM = new Set(['em', 'i', 'cite', 'dfn'])
const CODE = new Set(['code', 'kbd', 'samp', 'tt'])
const HEADINGS = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6'])
const BOUNDARIES = new Set(
  (
    'p div section article header footer main nav aside figure figcaption address table caption ' +
    'thead tbody tfoot tr dl dt dd form fieldset center details summary body html hgroup menu dir'
  ).split(' '),
)
/** Elements whose content is not text for readers. */
const UNREADABLE = new Set(
  (
    'script style title textarea iframe noembed noframes xmp plaintext select option template ' +
    'svg math object applet audio video canvas map noscript'
  ).split(' '),
)

interface Reading {
  readonly html: string
  /** Line breaks in the text stand for line breaks, as in plain text with a few tags. */
  readonly newlinesBreak: boolean
  readonly blocks: Block[]
  block: Block | null
  line: Line
  strong: number
  em: number
  code: number
  href: string | null
  lists: boolean[]
  inItem: boolean
  quote: number
  pre: number
  heading: boolean
  unreadable: { name: string; depth: number } | null
  tag: string
  attribute: string
  attributes: Map<string, string>
}

/**
 * Reads HTML of any quality into flat blocks of lines.
 *
 * Works on the tokens alone and keeps no stack of elements, so time and memory are linear in the
 * input whatever its nesting. Unknown elements leave their text; scripts, styles, forms' choices
 * and embedded documents leave nothing. Link targets are given as found: the caller checks them.
 */
export function readBlocks(html: string, options: { newlinesBreak?: boolean } = {}): Block[] {
  const reading: Reading = {
    html,
    newlinesBreak: options.newlinesBreak ?? false,
    blocks: [],
    block: null,
    line: [],
    strong: 0,
    em: 0,
    code: 0,
    href: null,
    lists: [],
    inItem: false,
    quote: 0,
    pre: 0,
    heading: false,
    unreadable: null,
    tag: '',
    attribute: '',
    attributes: new Map(),
  }
  const tokenizer = new Tokenizer({ decodeEntities: true }, callbacksOf(reading))
  tokenizer.write(html)
  tokenizer.end()
  endBlock(reading)
  return reading.blocks
}

function callbacksOf(reading: Reading): TokenizerCallbacks {
  const addValue = (value: string) => {
    const known = reading.attributes.get(reading.attribute)
    if (known !== undefined) reading.attributes.set(reading.attribute, known + value)
  }
  return {
    onopentagname(start, end) {
      reading.tag = reading.html.slice(start, end).toLowerCase()
      reading.attributes = new Map()
    },
    onattribname(start, end) {
      const name = reading.html.slice(start, end).toLowerCase()
      // The first of two attributes of the same name counts, as in browsers.
      reading.attribute = reading.attributes.has(name) ? '' : name
      if (name === 'href' || name === 'alt') {
        if (reading.attribute !== '') reading.attributes.set(name, '')
      }
    },
    onattribdata: (start, end) => addValue(reading.html.slice(start, end)),
    onattribentity: (codepoint) => addValue(String.fromCodePoint(codepoint)),
    onattribend: () => {},
    onopentagend: () => openTag(reading),
    onselfclosingtag() {
      openTag(reading)
      if (reading.tag === 'svg' || reading.tag === 'math') closeTag(reading, reading.tag)
    },
    onclosetag: (start, end) => closeTag(reading, reading.html.slice(start, end).toLowerCase()),
    ontext: (start, end) => addText(reading, reading.html.slice(start, end)),
    ontextentity: (codepoint) => addText(reading, String.fromCodePoint(codepoint)),
    oncdata: (start, end, offset) => addText(reading, reading.html.slice(start, end - offset)),
    oncomment: () => {},
    ondeclaration: () => {},
    onprocessinginstruction: () => {},
    onend: () => {},
  }
}

function openTag(reading: Reading): void {
  const name = reading.tag
  if (reading.unreadable !== null) {
    if (reading.unreadable.name === name) reading.unreadable.depth++
    return
  }
  if (UNREADABLE.has(name)) reading.unreadable = { name, depth: 1 }
  else if (name === 'br') breakLine(reading)
  else if (name === 'td' || name === 'th') addText(reading, ' ')
  else if (name === 'img') openImage(reading)
  else if (name === 'a') reading.href = targetOf(reading)
  else if (STRONG.has(name)) reading.strong++
  else if (EM.has(name)) reading.em++
  else if (CODE.has(name)) reading.code++
  else openBlockTag(reading, name)
}

/** Fragments lead nowhere once the document they stood in is gone. */
function targetOf({ attributes }: Reading): string | null {
  const href = attributes.get('href')?.trim() ?? ''
  return href === '' || href.startsWith('#') ? null : href
}

function openBlockTag(reading: Reading, name: string): void {
  if (name === 'ul' || name === 'ol') {
    endBlock(reading)
    if (reading.lists.length < MAX_LIST_LEVEL) reading.lists.push(name === 'ol')
    reading.inItem = false
  } else if (name === 'li') {
    endBlock(reading)
    reading.inItem = true
  } else if (name === 'blockquote') {
    endBlock(reading)
    reading.quote++
  } else if (name === 'pre' || name === 'listing') {
    endBlock(reading)
    reading.pre++
  } else if (HEADINGS.has(name)) {
    endBlock(reading)
    reading.heading = true
  } else if (name === 'hr') {
    endBlock(reading)
    reading.blocks.push({ kind: 'hr', ordered: false, level: 0, lines: [] })
  } else if (BOUNDARIES.has(name)) {
    endParagraph(reading)
  }
}

function closeTag(reading: Reading, name: string): void {
  if (reading.unreadable !== null) {
    if (reading.unreadable.name !== name) return
    reading.unreadable.depth--
    if (reading.unreadable.depth === 0) reading.unreadable = null
    return
  }
  if (name === 'a') reading.href = null
  else if (STRONG.has(name)) reading.strong = Math.max(0, reading.strong - 1)
  else if (EM.has(name)) reading.em = Math.max(0, reading.em - 1)
  else if (CODE.has(name)) reading.code = Math.max(0, reading.code - 1)
  else closeBlockTag(reading, name)
}

function closeBlockTag(reading: Reading, name: string): void {
  if (name === 'ul' || name === 'ol') {
    endBlock(reading)
    reading.lists.pop()
    reading.inItem = false
  } else if (name === 'li') {
    endBlock(reading)
    reading.inItem = false
  } else if (name === 'blockquote') {
    endBlock(reading)
    reading.quote = Math.max(0, reading.quote - 1)
  } else if (name === 'pre' || name === 'listing') {
    endBlock(reading)
    reading.pre = Math.max(0, reading.pre - 1)
  } else if (HEADINGS.has(name)) {
    endBlock(reading)
    reading.heading = false
  } else if (BOUNDARIES.has(name)) {
    endParagraph(reading)
  }
}

/** A picture is left out; one that is the whole of a link leaves its description. */
function openImage(reading: Reading): void {
  const alt = reading.attributes.get('alt')
  if (reading.href !== null && alt !== undefined) addText(reading, ` ${alt} `)
}

function addText(reading: Reading, text: string): void {
  if (reading.unreadable !== null) return
  if (reading.pre === 0 && !reading.newlinesBreak) {
    addRun(reading, text)
    return
  }
  const lines = text.split(/\r\n?|\n/)
  for (const [index, line] of lines.entries()) {
    if (index > 0) breakLine(reading)
    addRun(reading, line)
  }
}

function addRun(reading: Reading, text: string): void {
  if (text === '') return
  const { href } = reading
  const strong = reading.strong > 0
  const em = reading.em > 0
  const code = reading.code > 0
  const last = reading.line.at(-1)
  const isSame =
    last !== undefined &&
    last.href === href &&
    last.strong === strong &&
    last.em === em &&
    last.code === code
  if (isSame) last.text += text
  else reading.line.push({ text, strong, em, code, href })
}

function breakLine(reading: Reading): void {
  const line = reading.pre > 0 ? reading.line : singleSpaced(reading.line)
  reading.line = []
  if (line.length > 0) currentBlock(reading).lines.push(line)
  else if (reading.pre > 0) reading.block?.lines.push([])
  else if (!reading.inItem) endBlock(reading)
}

/** The end of a paragraph: inside a list item the item goes on with a new line. */
function endParagraph(reading: Reading): void {
  if (!reading.inItem) {
    endBlock(reading)
    return
  }
  const line = singleSpaced(reading.line)
  reading.line = []
  if (line.length > 0) currentBlock(reading).lines.push(line)
}

function endBlock(reading: Reading): void {
  const line = reading.pre > 0 ? reading.line : singleSpaced(reading.line)
  reading.line = []
  if (line.length > 0) currentBlock(reading).lines.push(line)
  reading.block = null
  // What a publisher forgot to close ends with its paragraph.
  reading.href = null
  reading.strong = 0
  reading.em = 0
  reading.code = 0
}

function currentBlock(reading: Reading): Block {
  if (reading.block !== null) return reading.block
  const isItem = reading.inItem
  const kind = reading.pre > 0 ? 'pre' : reading.heading ? 'h' : reading.quote > 0 ? 'quote' : 'p'
  const block: Block = {
    kind: isItem ? 'li' : kind,
    ordered: isItem && (reading.lists.at(-1) ?? false),
    level: isItem ? Math.max(1, reading.lists.length) : 0,
    lines: [],
  }
  reading.blocks.push(block)
  reading.block = block
  return block
}

/** White space single between runs as within them, none at the ends, no run empty. */
function singleSpaced(line: Line): Line {
  const result: Run[] = []
  let endsInSpace = true
  for (const run of line) {
    let text = run.text.replace(/[\s\u00a0]+/g, ' ')
    if (endsInSpace && text.startsWith(' ')) text = text.slice(1)
    if (text === '') continue
    endsInSpace = text.endsWith(' ')
    result.push({ ...run, text })
  }
  const last = result.at(-1)
  if (last?.text.endsWith(' ')) {
    last.text = last.text.slice(0, -1)
    if (last.text === '') result.pop()
  }
  return result
}
