import { isEntityName } from '../../text/html/decode-entities.ts'

const CDATA_START = '<![CDATA['
const CDATA_END = ']]>'
const REFERENCE = /&(?:#(\d{1,7}|x[0-9a-f]{1,6})|([a-z][a-z0-9]{1,31}));/iy
/** The five of XML and those that every feed is full of; the others are looked up. */
const COMMON = new Set(['amp', 'lt', 'gt', 'quot', 'apos', 'nbsp', 'hellip', 'ndash', 'mdash'])
/** Names that a parser building objects refuses, and with them the whole feed. */
const RESERVED = /(<\/?|[\s"'])(__proto__|prototype|constructor)(?=[\s=/>])/gi

const known = new Map<string, boolean>()
const MAX_KNOWN = 5_000

/**
 * Mends references so that reading them gives what the writer meant: a bare `&` and references to
 * names that no one declared become text, doubled ones (`&gtgt;`) become single. CDATA stays as it
 * is. The text of a whole document may be mended in pieces if no CDATA section is cut.
 */
export function mendXml(xml: string): string {
  const safe = mayHoldReservedNames(xml) ? xml.replace(RESERVED, '$1x-$2') : xml
  return mendReferences(safe)
}

/**
 * Takes the document type declaration out of a document's head, with all entities it declares:
 * they stay unexpanded, so that no bomb goes off and no outside file is asked for. Null when the
 * declaration has no end.
 */
export function withoutDoctype(xml: string): string | null {
  const at = doctypeStart(xml)
  if (at < 0) return xml
  const end = doctypeEnd(xml, at)
  if (end < 0) return null
  return withoutDoctype(xml.slice(0, at) + xml.slice(end))
}

function mayHoldReservedNames(xml: string): boolean {
  return xml.includes('__proto__') || /<\/?(?:prototype|constructor)[\s/>]/i.test(xml)
}

function mendReferences(xml: string): string {
  let result = ''
  let copied = 0
  let cdata = xml.indexOf(CDATA_START)
  let at = xml.indexOf('&')
  while (at >= 0) {
    while (cdata >= 0 && cdata < at) {
      const end = xml.indexOf(CDATA_END, cdata)
      if (end < 0) return result + xml.slice(copied)
      if (end > at) at = xml.indexOf('&', end)
      if (at < 0) return result + xml.slice(copied)
      cdata = xml.indexOf(CDATA_START, end)
    }
    const mended = mendedReference(xml, at)
    if (mended !== null) {
      result += xml.slice(copied, at) + mended.text
      copied = mended.end
    }
    at = xml.indexOf('&', mended === null ? at + 1 : mended.end)
  }
  return copied === 0 ? xml : result + xml.slice(copied)
}

/** What stands instead of the reference at `at`; null when it is good as it is. */
function mendedReference(xml: string, at: number): { text: string; end: number } | null {
  REFERENCE.lastIndex = at
  const match = REFERENCE.exec(xml)
  if (match === null) return { text: '&amp;', end: at + 1 }
  const name = match[2]
  if (name === undefined || isKnown(name)) return null
  const doubled = /^(gt|lt|amp|quot)\1$/i.exec(name)?.[1]
  if (doubled !== undefined) return { text: `&${doubled.toLowerCase()};`, end: REFERENCE.lastIndex }
  return { text: '&amp;', end: at + 1 }
}

function isKnown(name: string): boolean {
  if (COMMON.has(name)) return true
  const remembered = known.get(name)
  if (remembered !== undefined) return remembered
  const isHtml = isEntityName(name)
  // Made-up names must not fill the memory.
  if (known.size < MAX_KNOWN) known.set(name, isHtml)
  return isHtml
}

/** Where a DOCTYPE stands before the first element, or -1. */
function doctypeStart(xml: string): number {
  let at = xml.indexOf('<')
  while (at >= 0) {
    if (xml.startsWith('<!--', at)) at = afterOrEnd(xml, '-->', at)
    else if (xml.startsWith('<?', at)) at = afterOrEnd(xml, '?>', at)
    else return /^<!doctype/i.test(xml.slice(at, at + 9)) ? at : -1
    at = at < 0 ? -1 : xml.indexOf('<', at)
  }
  return -1
}

function afterOrEnd(xml: string, mark: string, from: number): number {
  const at = xml.indexOf(mark, from)
  return at < 0 ? -1 : at + mark.length
}

/** The end of a DOCTYPE with its internal subset, in which quotes hide brackets; -1 if none. */
function doctypeEnd(xml: string, start: number): number {
  const signs = /["'[\]>]|<!--/g
  signs.lastIndex = start
  let depth = 0
  for (let match = signs.exec(xml); match !== null; match = signs.exec(xml)) {
    const sign = match[0]
    if (sign === '[') depth++
    else if (sign === ']') depth--
    else if (sign === '>' && depth <= 0) return match.index + 1
    else if (sign === '"' || sign === "'" || sign === '<!--') {
      const close = xml.indexOf(sign === '<!--' ? '-->' : sign, signs.lastIndex)
      if (close < 0) return -1
      signs.lastIndex = close + 1
    }
  }
  return -1
}
