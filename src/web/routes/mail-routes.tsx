import type { Hono } from 'hono'
import type { OutboxMessage } from '../../store/views/outbox-page.ts'
import {
  answerPage,
  answerVersionedPage,
  ID,
  requireReader,
  type WebRoom,
} from '../answer-page.tsx'
import { MAIL_DOCUMENT_CSP } from '../guards/security-headers.ts'
import { pageNotFound } from '../pages/error-page.tsx'
import { OutboxMessagePage, OutboxPageView } from '../pages/outbox-page.tsx'
import type { WebContext, WebEnv } from '../web-env.ts'

/** The reader's messages: the list, each one opened, its HTML by itself, and its file. */
export function addMailRoutes(app: Hono<WebEnv>, room: WebRoom): void {
  app.get('/outbox', async (c) => {
    const view = await room.options.views.getOutboxPage(requireReader(c, room))
    const render = () => <OutboxPageView frame={c.get('frame')} view={view} />
    return answerVersionedPage(c, room, { version: view.version, render })
  })
  app.get(`/outbox/${ID}`, async (c) => {
    const message = await getMessage(c, room, c.req.param('id'))
    c.set('csp', { framesSelf: true })
    return answerPage(c, <OutboxMessagePage frame={c.get('frame')} message={message} />)
  })
  app.get(`/outbox/${ID}/html`, async (c) => {
    const { html } = await getMessage(c, room, c.req.param('id'))
    if (html === null) throw pageNotFound()
    c.set('csp', { replace: MAIL_DOCUMENT_CSP })
    return c.html(html)
  })
  app.get(`/outbox/${ID}/message.eml`, async (c) => {
    const message = await getMessage(c, room, c.req.param('id'))
    c.header('content-type', 'message/rfc822')
    c.header('content-disposition', renderAttachment(message.subject, 'eml'))
    return c.body(new Uint8Array(message.raw))
  })
}

async function getMessage(c: WebContext, room: WebRoom, id: string): Promise<OutboxMessage> {
  const message = await room.options.views.findOutboxMessage(requireReader(c, room), id)
  if (message === null) throw pageNotFound()
  return message
}

/**
 * A Content-Disposition that saves under a title, whatever characters it has: plain letters in
 * `filename`, the rest by RFC 8187 in `filename*`. No path, no control character, no quote.
 */
export function renderAttachment(title: string, extension: string): string {
  const safe = [...title.normalize('NFC')]
    .filter(
      (letter) => letter.isWellFormed() && !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}/\\:*?"<>|%]/u.test(letter),
    )
    .slice(0, 80)
    .join('')
    .replace(/^[.\s]+|[.\s]+$/g, '')
  const name = `${safe || 'message'}.${extension}`
  const letters = safe
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9 ._-]/g, '')
    .trim()
  const plain = `${letters || 'message'}.${extension}`
  const encoded = encodeURIComponent(name).replace(/['()*]/g, percentEncode)
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}

function percentEncode(letter: string): string {
  return `%${letter.charCodeAt(0).toString(16).toUpperCase()}`
}
