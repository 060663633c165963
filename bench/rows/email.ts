import {
  Body,
  Container,
  Head,
  Heading,
  Hr,
  Html,
  Link,
  Preview,
  Section,
  Text,
} from '@react-email/components'
import { render } from '@react-email/render'
import { createElement as h, type ReactElement } from 'react'
import type { DigestContent, DigestItem } from '../../src/digests/digest-content.ts'
import { exampleContent, exampleItem } from '../../src/digests/example-digest-content.ts'
import type { FragmentCache } from '../../src/digests/plan-digest.ts'
import { renderDigest } from '../../src/digests/render-digest.ts'
import { compare, type Row, ratioRow } from '../row.ts'

const ITEMS = 20
const MAILS = 2000
const PEER_MAILS = 40

const CONTENT: DigestContent = exampleContent({
  stories: [],
  items: Array.from({ length: ITEMS }, (_, index) =>
    exampleItem({ episodeId: `e${index}`, title: `${index}: the sea gate and its keeper` }),
  ),
})

/** The same items in the peer's own parts: what its guide would have one write. */
function renderItem(item: DigestItem): ReactElement {
  return h(
    Section,
    { key: item.episodeId, style: { padding: '16px 0' } },
    h(Text, { style: { color: '#555555' } }, `${item.show} · ${item.readingMinutes} min`),
    h(Heading, { as: 'h2' }, h(Link, { href: item.pageUrl }, item.title)),
    h(Text, null, item.description),
    ...item.moments.map((moment) =>
      h(
        Text,
        { key: moment.url },
        h(Link, { href: moment.url }, `${moment.at.start} s`),
        ` ${moment.speaker ?? ''} “${moment.quote}”`,
      ),
    ),
    h(Hr, null),
  )
}

function renderMail({ items, links }: DigestContent): ReactElement {
  return h(
    Html,
    { lang: 'en' },
    h(Head, null),
    h(Preview, null, `${items.length} episodes`),
    h(
      Body,
      { style: { backgroundColor: '#ffffff', fontFamily: 'sans-serif' } },
      h(
        Container,
        null,
        h(Heading, null, 'Your digest'),
        ...items.map(renderItem),
        h(Text, null, h(Link, { href: links?.unsubscribe ?? '' }, 'Stop these e-mails')),
      ),
    ),
  )
}

/** One reader's e-mail of twenty items, HTML and text, from parts that other readers get as well. */
export const emailRow: Row = {
  name: 'email',
  async measure() {
    const cache: FragmentCache = new WeakMap()
    const fill = async (shared?: FragmentCache): Promise<number> => {
      for (let mail = 0; mail < MAILS; mail += 1) {
        const { html, text } = renderDigest(CONTENT, shared)
        if (html.length === 0 || text.length === 0) throw new Error('nothing was rendered')
      }
      return MAILS
    }
    const peer = async (): Promise<number> => {
      for (let mail = 0; mail < PEER_MAILS; mail += 1) {
        const element = renderMail(CONTENT)
        await render(element)
        await render(element, { plainText: true })
      }
      return PEER_MAILS
    }
    const about = { name: 'email', peerName: 'react-email' }
    const cached = await compare(() => fill(cache), peer)
    const fresh = await compare(() => fill(), peer)
    return [
      ratioRow({ ...about, work: `fill for one more reader, ${ITEMS} items`, atLeast: 50 }, cached),
      ratioRow({ ...about, work: `fill for the first reader, ${ITEMS} items`, atLeast: 1 }, fresh),
    ]
  },
}
