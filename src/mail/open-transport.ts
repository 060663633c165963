import { keepSome } from './keep-some.ts'
import type { MailTransport } from './mail-transport.ts'
import { OUTBOX, openOutbox } from './outbox-transport.ts'
import { createSmtpTransport, SMTP_DEFAULTS } from './smtp-transport.ts'

/** A mail server of the owner's. */
export type MailServer = {
  host: string
  port: number
  /** True when the connection is encrypted from its first byte. */
  isTls: boolean
  user: string | null
  password: string | null
}

/**
 * The way that mail takes: by the owner's server, or into the folder of the outbox. What is
 * addressed to `OUTBOX`, because its reader has given no address, is kept there in any case.
 */
export async function openTransport(
  server: MailServer | null,
  outboxDir: string,
): Promise<MailTransport> {
  const outbox = await openOutbox(outboxDir)
  if (server === null) return outbox
  const { host, port, isTls, user, password } = server
  const smtp = createSmtpTransport({
    ...SMTP_DEFAULTS,
    host,
    port,
    tls: isTls ? 'implicit' : 'opportunistic',
    auth: user === null ? null : { user, password: password ?? '' },
  })
  return keepSome(smtp, { to: OUTBOX, outbox })
}
