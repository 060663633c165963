import { Failure } from '../model/failure.ts'
import { plainLine } from '../text/html/plain-line.ts'
import { readTags } from '../text/html/read-tags.ts'

/** One feed of a list of subscriptions. `url` is as the list spells it. */
export type OpmlOutline = { title: string; url: string; siteUrl: string | null }

export type OpmlList = {
  outlines: OpmlOutline[]
  /** Feeds beyond the first 5,000, which were left out. */
  leftOut: number
}

export const MAX_OUTLINES = 5_000
/** Ten thousand outlines with long descriptions stay below this. */
export const MAX_OPML_BYTES = 16_000_000

/**
 * Reads a list of subscriptions (OPML 1 and 2) in one pass: folders at any depth are opened, titles
 * made plain, and what is broken is passed over. Links that are no feeds are no part of the list.
 *
 * Throws a Failure `opml-too-large`, `opml-with-entities` or `not-opml`.
 */
export function parseOpml(text: string): OpmlList {
  if (text.length > MAX_OPML_BYTES) throw tooLarge()
  // Lists that programs write declare no entities; only attacks do.
  if (/<!ENTITY/i.test(text)) throw withEntities()
  const outlines: OpmlOutline[] = []
  let isOpml = false
  let leftOut = 0
  readTags(
    text,
    {
      open(name, attributes) {
        if (name === 'opml') isOpml = true
        const outline = name === 'outline' && isOpml ? toOutline(attributes) : null
        if (outline === null) return
        if (outlines.length < MAX_OUTLINES) outlines.push(outline)
        else leftOut += 1
      },
    },
    { xml: true },
  )
  if (!isOpml) throw notOpml()
  return { outlines, leftOut }
}

function toOutline(attributes: ReadonlyMap<string, string>): OpmlOutline | null {
  const url = attributes.get('xmlurl')?.trim() ?? ''
  if (url === '') return null
  const title = plainLine(attributes.get('title') ?? '') || plainLine(attributes.get('text') ?? '')
  const siteUrl = URL.parse(attributes.get('htmlurl')?.trim() ?? '')
  const isWeb = siteUrl?.protocol === 'https:' || siteUrl?.protocol === 'http:'
  return { title, url, siteUrl: isWeb ? siteUrl.href : null }
}

/** A source as it stands in a list; `url` is null for one whose address is nobody else's. */
export type OpmlEntry = { title: string; url: string | null; siteUrl: string | null }

/** Writes a list of subscriptions, OPML 2.0. */
export function renderOpml(entries: readonly OpmlEntry[], now: Date): string {
  const lines = entries.map((entry) => {
    const given = {
      type: 'rss',
      text: entry.title,
      title: entry.title,
      xmlUrl: entry.url,
      htmlUrl: entry.siteUrl,
      description:
        entry.url === null ? 'The address of this feed is private and was left out.' : null,
    }
    const attributes = Object.entries(given).flatMap(([name, value]) =>
      value === null ? [] : [` ${name}="${escapeXml(value)}"`],
    )
    return `    <outline${attributes.join('')}/>`
  })
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<opml version="2.0">',
    `  <head><title>murmurcast</title><dateCreated>${now.toUTCString()}</dateCreated></head>`,
    '  <body>',
    ...lines,
    '  </body>',
    '</opml>',
    '',
  ].join('\n')
}

const ESCAPED: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function escapeXml(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ').replace(/[&<>"]/g, (character) => ESCAPED[character] ?? '')
}

const tooLarge = () =>
  new Failure(
    'opml-too-large',
    'caller',
    `This list is larger than ${MAX_OPML_BYTES / 1_000_000} MB. Split it into smaller ones.`,
  )

const withEntities = () =>
  new Failure(
    'opml-with-entities',
    'caller',
    'This list declares entities of its own, which no player writes. It was not read.',
  )

const notOpml = () =>
  new Failure(
    'not-opml',
    'caller',
    'This is no list of subscriptions. Export one from your player: the file ends in .opml or .xml.',
  )
