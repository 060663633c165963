import type { Hono } from 'hono'
import type { SourceLook } from '../../actions/look-at-source.ts'
import type { Reader } from '../../model/reader.ts'
import {
  answerPage,
  answerVersionedPage,
  goOn,
  ID,
  requireReader,
  type WebRoom,
} from '../answer-page.tsx'
import { SourceCheckPage } from '../pages/source-check-page.tsx'
import { SourcesPageView } from '../pages/sources-page.tsx'
import { readForm } from '../read-form.ts'
import type { WebEnv } from '../web-env.ts'

const MAX_URL_CHARACTERS = 2000

/** What is followed: the list, a live look at a new address, and what can be done with each. */
export function addSourcesRoutes(app: Hono<WebEnv>, room: WebRoom): void {
  const { views, actions } = room.options
  app.get('/sources', async (c) => {
    const view = await views.getSourcesPage(requireReader(c, room))
    const render = () => <SourcesPageView frame={c.get('frame')} view={view} />
    return answerVersionedPage(c, room, { version: view.version, render })
  })
  app.post('/sources/check', async (c) => {
    const reader = requireReader(c, room)
    const asked = ((await readForm(c)).url ?? '').trim()
    const check = await lookUp(asked, (url) => actions.checkSource(reader, url))
    const page = <SourceCheckPage frame={c.get('frame')} asked={asked} check={check} />
    return answerPage(c, page, check.found ? 200 : 422)
  })
  app.post('/sources', async (c) => {
    const reader = requireReader(c, room)
    const { address, reason } = readAddress((await readForm(c)).url ?? '')
    if (address === null) {
      const page = (
        <SourceCheckPage frame={c.get('frame')} asked="" check={{ found: false, reason }} />
      )
      return answerPage(c, page, 422)
    }
    await actions.addSource(reader, address)
    return goOn(c, '/sources', 'added')
  })
  app.post('/samples', async (c) => {
    await actions.addSampleLibrary(requireReader(c, room))
    return goOn(c, '/', 'samples')
  })
  addChanges(app, room)
}

const CHANGES = [
  ['pause', 'paused', 'pauseSource'],
  ['resume', 'resumed', 'resumeSource'],
  ['remove', 'removed', 'removeSource'],
  ['retry', 'retried', 'retrySource'],
] as const

function addChanges(app: Hono<WebEnv>, room: WebRoom): void {
  for (const [verb, done, action] of CHANGES) {
    app.post(`/sources/${ID}/${verb}`, async (c) => {
      const reader: Reader = requireReader(c, room)
      await room.options.actions[action](reader, c.req.param('id'))
      return goOn(c, '/sources', done)
    })
  }
}

/**
 * An address as a person pastes it: `example.org/feed` is meant as https, `@name` is a channel.
 * `sample:` addresses are our own library's. Everything else that is no web address is refused before anybody goes there.
 */
export function readAddress(
  typed: string,
): { address: string; reason: '' } | { address: null; reason: string } {
  const text = typed.trim()
  const refuse = (reason: string) => ({ address: null, reason }) as const
  if (text === '')
    return refuse('Paste the address of a podcast, a channel, a newsletter or a blog.')
  if (text.length > MAX_URL_CHARACTERS) return refuse('That address is too long to be one.')
  if (/^sample:[\w/.-]+$/.test(text)) return { address: text, reason: '' }
  if (/^@[^\s@/]+$/.test(text)) return { address: text, reason: '' }
  const hasScheme = /^[a-z][a-z0-9+.-]*:(?!\d)/i.test(text)
  const url = URL.parse(hasScheme ? text : `https://${text}`)
  if (url === null || (!url.hostname.includes('.') && !hasScheme)) {
    return refuse('That is not a web address. It should look like https://example.org/feed.')
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return refuse('Only addresses that start with http:// or https:// can be followed.')
  }
  return { address: url.href, reason: '' }
}

async function lookUp(
  typed: string,
  look: (url: string) => Promise<SourceLook>,
): Promise<SourceLook> {
  const { address, reason } = readAddress(typed)
  return address === null ? { found: false, reason } : look(address)
}
