import type { OutboxMessage, OutboxPage } from '../../store/views/outbox-page.ts'
import { formatBytes } from '../format-time.ts'
import type { PageFrame } from '../page-frame.ts'
import { Badge } from '../parts/badge.tsx'
import { ButtonLink } from '../parts/button.tsx'
import { EmptyState, Notice } from '../parts/notice.tsx'
import { Moment } from '../parts/time.tsx'
import { DELIVERY_WORDS, deliveryWord } from './delivery-words.ts'
import { Layout } from './layout.tsx'

/** Every message that was made for the reader. */
export function OutboxPageView({ frame, view }: { frame: PageFrame; view: OutboxPage }) {
  return (
    <Layout frame={frame} title="Outbox" class="outbox">
      <h1>Outbox</h1>
      {!view.sendsMail && (
        <Notice kind="info" title="Messages are kept here">
          <p>
            No mail server is set up, so your digests stay on this page. To get them by e-mail, set{' '}
            <code>SMTP_URL</code> and <code>MAIL_FROM</code> and start murmurcast again.
          </p>
        </Notice>
      )}
      {view.messages.length === 0 ? (
        <EmptyState icon="outbox" title="No messages yet">
          <p>Your first digest appears here as soon as it is made.</p>
        </EmptyState>
      ) : (
        <ul class="message-list">
          {view.messages.map((message) => (
            <li>
              <a class="message-subject" href={`/outbox/${message.id}`}>
                {message.subject}
              </a>
              <p class="byline">
                <span>
                  <Badge tone={DELIVERY_WORDS[message.state].tone}>
                    {deliveryWord(message.state, message.address)}
                  </Badge>
                </span>
                {message.address !== 'outbox' && <span>{message.address}</span>}
                <span>
                  <Moment at={message.sentAt ?? message.createdAt} />
                </span>
                <span>{formatBytes(message.bytes)}</span>
              </p>
              {message.lastAnswer !== null && <p class="reason">{message.lastAnswer}</p>}
            </li>
          ))}
        </ul>
      )}
    </Layout>
  )
}

/** One message as it was sent: its HTML in a frame that can run nothing, its text, its file. */
export function OutboxMessagePage({
  frame,
  message,
}: {
  frame: PageFrame
  message: OutboxMessage
}) {
  return (
    <Layout frame={frame} title={message.subject} class="outbox">
      <p class="kicker">
        <a href="/outbox">Outbox</a>
      </p>
      <h1>{message.subject}</h1>
      <dl class="facts mail-facts">
        <dt>From</dt>
        <dd>{message.from}</dd>
        <dt>To</dt>
        <dd>{message.to}</dd>
        <dt>State</dt>
        <dd>
          <Badge tone={DELIVERY_WORDS[message.state].tone}>
            {deliveryWord(message.state, message.address)}
          </Badge>{' '}
          <Moment at={message.sentAt ?? message.createdAt} />
        </dd>
        <dt>Size</dt>
        <dd>{formatBytes(message.bytes)}</dd>
      </dl>
      <p class="answer">
        <ButtonLink href={`/outbox/${message.id}/message.eml`} icon="download">
          Download .eml
        </ButtonLink>
        <ButtonLink href={`/digests/${message.digestId}`} kind="quiet">
          Read it on the web
        </ButtonLink>
      </p>
      {message.html !== null && (
        <iframe
          class="mail-frame"
          title="The message as its readers see it"
          src={`/outbox/${message.id}/html`}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          loading="lazy"
        />
      )}
      <details open={message.html === null}>
        <summary>The plain-text part</summary>
        <pre class="mail-text" tabindex={0}>
          {message.text}
        </pre>
      </details>
    </Layout>
  )
}
