import { parseAtomFeed, parseRdfFeed, parseRssFeed } from 'feedsmith'
import { mapAtom } from './map-atom.ts'
import { mapRdf } from './map-rdf.ts'
import { mapRss } from './map-rss.ts'
import type { FeedPart, MapContext } from './parsed-feed.ts'
import type { FeedRoot } from './recognise-feed.ts'

export interface XmlFeed {
  root: FeedRoot
  xml: string
}

/** One parse of a mended document. Throws whatever the parser throws. */
export function readXml({ root, xml }: XmlFeed, context: MapContext): FeedPart {
  switch (root) {
    case 'rss':
      return mapRss(parseRssFeed<string>(xml), context)
    case 'atom':
      return mapAtom(parseAtomFeed<string>(xml), context)
    case 'rdf':
      return mapRdf(parseRdfFeed<string>(withoutContents(xml)), context)
  }
}

/** True when any item of the document offers audio or video. Linear, without parsing. */
export function hasPlayableFile(xml: string): boolean {
  for (const mark of ['<enclosure', 'rel="enclosure"', "rel='enclosure'"]) {
    let at = xml.indexOf(mark)
    while (at >= 0) {
      const start = xml.lastIndexOf('<', at)
      const end = xml.indexOf('>', at)
      const tag = xml.slice(start, Math.min(end < 0 ? xml.length : end, start + 4_000))
      if (/\btype\s*=\s*["']\s*(?:audio|video)\//i.test(tag)) return true
      at = xml.indexOf(mark, at + mark.length)
    }
  }
  return false
}

/**
 * RDF without its table of contents: it repeats the items' addresses, and looking each of them up
 * would cost the square of their number.
 */
function withoutContents(xml: string): string {
  const start = xml.search(/<(?:\w+:)?items[\s>]/i)
  if (start < 0) return xml
  const close = /<\/(?:\w+:)?items\s*>/gi
  close.lastIndex = start
  const match = close.exec(xml)
  return match === null ? xml : xml.slice(0, start) + xml.slice(close.lastIndex)
}
