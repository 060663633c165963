import { connect } from 'node:net'
import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { startWebServer } from './start-web-server.ts'
import type { WebEnv } from './web-env.ts'

const HOST = '127.0.0.1'

/** Sends bytes over one connection and gives what came back until it was closed. */
function talk(url: string, bytes: string, dripMs = 0): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>()
  let heard = ''
  const socket = connect(Number(new URL(url).port), HOST)
  socket.on('data', (chunk) => {
    heard += chunk.toString('latin1')
  })
  socket.on('error', () => {})
  socket.on('close', () => resolve(heard))
  if (dripMs === 0) socket.write(bytes)
  else {
    let at = 0
    const drip = setInterval(() => socket.write(bytes[at++ % bytes.length] ?? ''), dripMs)
    socket.on('close', () => clearInterval(drip))
  }
  return promise
}

function appThat(answer: () => Promise<string> | string): Hono<WebEnv> {
  const app = new Hono<WebEnv>()
  app.get('/', async (c) => c.text(await answer()))
  return app
}

const quick = appThat(() => 'hello')

describe('the server', () => {
  it('answers where it says it does', async () => {
    await using server = await startWebServer({ app: quick, host: HOST, port: 0 })
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(await (await fetch(server.url)).text()).toBe('hello')
  })

  it('says what to do when its port is taken', async () => {
    await using server = await startWebServer({ app: quick, host: HOST, port: 0 })
    const port = Number(new URL(server.url).port)
    await expect(startWebServer({ app: quick, host: HOST, port })).rejects.toMatchObject({
      code: 'port-taken',
      blame: 'caller',
    })
  })

  it.each([
    ['what is not HTTP', 'hello there\r\n\r\n', 400],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab',
      400,
    ],
    [
      'a length and chunks',
      'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    ['headers without end', `GET / HTTP/1.1\r\nhost: a\r\nx: ${'x'.repeat(40_000)}\r\n\r\n`, 431],
  ])('refuses %s, with the headers of every answer', async (_, bytes, status) => {
    await using server = await startWebServer({ app: quick, host: HOST, port: 0 })
    const answer = await talk(server.url, bytes)
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(answer).toContain("content-security-policy: default-src 'none'")
    expect(answer).toContain('x-content-type-options: nosniff')
  })

  it('cuts off those who drip their headers or their body, and serves the others meanwhile', async () => {
    const patience = { headersMs: 300, requestMs: 600 }
    await using server = await startWebServer({ app: quick, host: HOST, port: 0, patience })
    const started = Date.now()
    const slow = Promise.all([
      talk(server.url, 'GET / HTTP/1.1\r\nhost: a\r\nx-slow: xxxxxxxxxxxxxxxxxxxxxxx', 40),
      talk(
        server.url,
        'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 99999\r\n\r\nxxxxxxxxxxxxxxx',
        15,
      ),
    ])
    expect(await (await fetch(server.url)).text()).toBe('hello')
    const [headers] = await slow
    expect(headers).toMatch(/^HTTP\/1.1 408 /)
    expect(Date.now() - started).toBeLessThan(8_000)
  })

  it('lets running answers end when it closes, and cuts what does not', async () => {
    const { promise: gate, resolve: open } = Promise.withResolvers<string>()
    const server = await startWebServer({ app: appThat(() => gate), host: HOST, port: 0 })
    const running = fetch(server.url).then((answer) => answer.text())
    await new Promise((resolve) => setTimeout(resolve, 100))
    const closed = server.close(5_000)
    await expect(fetch(server.url)).rejects.toThrow()
    open('the end')
    expect(await running).toBe('the end')
    await closed

    const stuck = await startWebServer({
      app: appThat(() => new Promise(() => {})),
      host: HOST,
      port: 0,
    })
    const cut = fetch(stuck.url).catch(() => 'cut')
    await new Promise((resolve) => setTimeout(resolve, 100))
    const started = Date.now()
    await stuck.close(200)
    expect(await cut).toBe('cut')
    expect(Date.now() - started).toBeLessThan(2_000)
    await stuck.close()
  })
})
