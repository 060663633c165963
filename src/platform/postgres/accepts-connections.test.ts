import { createServer, type Server } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { acceptsConnections } from './accepts-connections.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

async function listen(answer: string | null): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => (answer === null ? undefined : socket.end(answer)))
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

describe('a server is taken for a Postgres', () => {
  it.each([
    ['that goes without encryption', 'N', true],
    ['that offers it', 'S', true],
    ['that speaks something else', 'HTTP/1.1 400 Bad Request', false],
    ['that hangs up', '', false],
    ['that is hung', null, false],
  ])('%s: %s → %s', async (_, answer, expected) => {
    const port = await listen(answer)
    expect(await acceptsConnections({ host: '127.0.0.1', port }, 200)).toBe(expected)
  })

  it('only when there is one', async () => {
    expect(await acceptsConnections({ host: '127.0.0.1', port: 1 })).toBe(false)
    expect(await acceptsConnections({ host: '/no/such/folder', port: 5432 })).toBe(false)
  })
})
