import type { MailTransport } from './mail-transport.ts'

/**
 * A transport that keeps what is addressed to `to` in the outbox and hands the rest to the server:
 * for readers who have not given an address. Disposing of it disposes of both.
 */
export function keepSome(
  server: MailTransport,
  { to, outbox }: { to: string; outbox: MailTransport },
): MailTransport {
  return {
    send: (message) => (message.to === to ? outbox : server).send(message),
    async [Symbol.asyncDispose]() {
      await using _outbox = outbox
      await server[Symbol.asyncDispose]()
    },
  }
}
