import { composeMessage } from '../mail/compose-message.ts'
import { idOf } from '../platform/ids.ts'
import type { MadeDigest } from './make-digest.ts'

const DOMAIN = 'murmurcast.localhost'

/** A digest made in one go as a message that any mail program opens, RFC 5322. */
export function composeDigestFile({ rendered }: MadeDigest, now: Date): Promise<Uint8Array> {
  const id = idOf('digest-file', rendered.html)
  return composeMessage({
    from: { name: 'murmurcast', address: `digest@${DOMAIN}` },
    to: `you@${DOMAIN}`,
    replyTo: null,
    subject: rendered.subject,
    html: rendered.html,
    text: rendered.text,
    messageId: `<${id.replaceAll('-', '')}.f@${DOMAIN}>`,
    date: now,
    list: null,
  })
}
