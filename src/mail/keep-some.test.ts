import { expect, it } from 'vitest'
import { createFakeMailTransport } from './fake-mail-transport.ts'
import { keepSome } from './keep-some.ts'

it('keeps what has no address and sends the rest', async () => {
  const server = createFakeMailTransport()
  const outbox = createFakeMailTransport()
  await using transport = keepSome(server, { to: 'outbox', outbox })
  for (const to of ['outbox', 'ada@mail.example']) {
    const raw = new Uint8Array()
    await transport.send({ envelopeFrom: 'from@mail.example', to, raw, messageId: `<${to}>` })
  }
  expect(outbox.accepted.map(({ to }) => to)).toEqual(['outbox'])
  expect(server.accepted.map(({ to }) => to)).toEqual(['ada@mail.example'])
})
