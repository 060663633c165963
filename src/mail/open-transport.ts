import type { MailTransport } from './mail-transport.ts'
import { openOutbox } from './outbox-transport.ts'
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

/** The way that mail takes: by the owner's server, or into the folder of the outbox. */
export async function openTransport(
  server: MailServer | null,
  outboxDir: string,
): Promise<MailTransport> {
  if (server === null) return openOutbox(outboxDir)
  const { host, port, isTls, user, password } = server
  return createSmtpTransport({
    ...SMTP_DEFAULTS,
    host,
    port,
    tls: isTls ? 'implicit' : 'opportunistic',
    auth: user === null ? null : { user, password: password ?? '' },
  })
}
