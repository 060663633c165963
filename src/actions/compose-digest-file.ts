import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { composeMessage } from '../mail/compose-message.ts'
import { idOf } from '../platform/ids.ts'
import type { MadeDigest } from './make-digest.ts'

const DOMAIN = 'murmurcast.localhost'

/** A page beside the digest, where a link or a line of text begins with it. */
const PAGE = /(?<=^|["\s])episodes\/(?=[0-9a-f-]{36}\.html)/gm

/**
 * A digest made in one go as a message that any mail program opens, RFC 5322. A message has no place
 * that a relative link could start from, so its links name the pages in `folder` in full.
 */
export function composeDigestFile(
  { rendered }: MadeDigest,
  { folder, now }: { folder: string; now: Date },
): Promise<Uint8Array> {
  const pages = pathToFileURL(join(folder, 'episodes')).href
  const id = idOf('digest-file', rendered.html)
  return composeMessage({
    from: { name: 'murmurcast', address: `digest@${DOMAIN}` },
    to: `you@${DOMAIN}`,
    replyTo: null,
    subject: rendered.subject,
    html: rendered.html.replace(PAGE, () => `${pages.replaceAll('&', '&amp;')}/`),
    text: rendered.text.replace(PAGE, () => `${pages}/`),
    messageId: `<${id.replaceAll('-', '')}.f@${DOMAIN}>`,
    date: now,
    list: null,
  })
}
