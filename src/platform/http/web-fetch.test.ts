import { describe, expect, it } from 'vitest'
import { createFakeGuardedFetch } from './fake-guarded-fetch.ts'
import { createGuardedFetch } from './guarded-fetch.ts'
import { failureOf, PUBLIC, startSink } from './test-sinks.ts'
import { asWebFetch } from './web-fetch.ts'

const text = (body: string | Uint8Array | null) => Buffer.from(body ?? '').toString()

function createEcho() {
  const guarded = createFakeGuardedFetch({
    'http://a.test/': (hop) => ({
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ method: hop.method, body: text(hop.body), headers: [...hop.headers] }),
    }),
    'http://a.test/moved': { status: 302, headers: { location: '/' } },
    'http://a.test/empty': { status: 204 },
  })
  return { guarded, fetch: asWebFetch(guarded, { purpose: 'answer', totalTimeoutMs: 5_000 }) }
}

describe('asWebFetch', () => {
  it.each([
    ['a string', 'http://a.test/'],
    ['a URL', new URL('http://a.test/')],
    ['a Request', new Request('http://a.test/')],
  ])('takes %s', async (_title, input) => {
    const { fetch, guarded } = createEcho()
    const response = await fetch(input)
    expect(await response.json()).toMatchObject({ method: 'GET', body: '' })
    expect(response).toMatchObject({ ok: true, url: 'http://a.test/', redirected: false })
    expect(guarded.requests[0]).toMatchObject({ purpose: 'answer', totalTimeoutMs: 5_000 })
  })

  it('sends method, headers and any kind of body', async () => {
    const { fetch } = createEcho()
    const form = new FormData()
    form.set('model', 'whisper')
    form.set('file', new Blob(['sound']), 'a.mp3')
    const response = await fetch('http://a.test/', { method: 'POST', body: form })
    const echo = await response.json()
    expect(echo.body).toContain('filename="a.mp3"')
    expect(new Headers(echo.headers).get('content-type')).toMatch(
      /^multipart\/form-data; boundary=/,
    )
    const request = new Request('http://a.test/', { method: 'PUT', body: 'one' })
    expect(await (await fetch(request)).json()).toMatchObject({ method: 'PUT', body: 'one' })
    const init = { method: 'POST', body: 'two', headers: { authorization: 'Bearer k' } }
    expect(await (await fetch('http://a.test/', init)).json()).toMatchObject({ body: 'two' })
  })

  it('follows, hands back or refuses redirects as it is told', async () => {
    const { fetch } = createEcho()
    expect(await fetch('http://a.test/moved')).toMatchObject({ redirected: true, status: 200 })
    expect((await fetch('http://a.test/moved', { redirect: 'manual' })).status).toBe(302)
    const refused = fetch('http://a.test/moved', { redirect: 'error' })
    expect((await failureOf(refused)).code).toBe('too-many-redirects')
  })

  it('has no body where there can be none, and passes failures and aborts on', async () => {
    const { fetch } = createEcho()
    expect((await fetch('http://a.test/empty')).body).toBeNull()
    expect((await failureOf(fetch('http://b.test/'))).code).toBe('dns-failed')
    const reason = new Error('stopped')
    await expect(fetch('http://a.test/', { signal: AbortSignal.abort(reason) })).rejects.toBe(
      reason,
    )
    await expect(fetch('http://a.test/', { method: 'PROPFIND' })).rejects.toThrow('PROPFIND')
  })

  it('row 12: keeps a library behind the guard', async () => {
    await using guarded = createGuardedFetch()
    const fetch = asWebFetch(guarded)
    expect((await failureOf(fetch('http://127.0.0.1/'))).code).toBe('address-forbidden')
    const withPassword = fetch('http://user:pass@127.0.0.1/')
    expect((await failureOf(withPassword)).code).toBe('address-forbidden')
  })

  it('passes a stream on piece by piece and closes it when it is cancelled', async () => {
    await using sink = await startSink((_request, response) => {
      const timer = setInterval(() => response.write('data: tick\n\n'), 20)
      response.on('close', () => clearInterval(timer))
    })
    await using guarded = createGuardedFetch(PUBLIC)
    const response = await asWebFetch(guarded)(sink.url())
    const reader = response.body?.getReader()
    expect(text((await reader?.read())?.value ?? null)).toContain('data: tick')
    await reader?.cancel()
    await expect.poll(() => sink.connections.open).toBe(0)
  })
})
