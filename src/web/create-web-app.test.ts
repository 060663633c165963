import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Failure } from '../model/failure.ts'
import { FAKE_SEGMENTS } from './fake-episode.ts'
import { FAKE_EPISODE, fakeId } from './fake-views.ts'
import { createFakeViews } from './fake-web-options.ts'
import { bundleAssets } from './testing/bundle-assets.ts'
import { createTestSite, type TestSite } from './testing/request-app.ts'

let assets: Awaited<ReturnType<typeof bundleAssets>>
let site: TestSite

beforeAll(async () => {
  assets = await bundleAssets()
  site = createTestSite(assets.dir, { development: true })
})
afterAll(() => assets[Symbol.asyncDispose]())

const EPISODE = `/episodes/${FAKE_EPISODE.id}`
const IDS: Readonly<Record<string, string>> = {
  episodes: fakeId(201),
  digests: fakeId(400),
  outbox: fakeId(500),
  sources: fakeId(101),
}

/** Every route of the app with a real address in place of its parameters. */
function crawl(method: string): string[] {
  const paths = site.app.routes.filter((route) => route.method === method).map(({ path }) => path)
  const token = 'A'.repeat(43)
  const fill = (path: string) =>
    path
      .replace(/:id\{[^}]*(?:\}[^}/]*)*\}/, IDS[path.split('/')[1] ?? ''] ?? fakeId(1))
      .replace(':token', token)
      .replace('*', 'none.css')
  return [...new Set(paths.map(fill))]
}

describe('every answer', () => {
  it('finds the routes to look at', () => {
    expect(crawl('GET')).toEqual(
      expect.arrayContaining([
        '/',
        EPISODE,
        '/sources',
        `/outbox/${fakeId(500)}/html`,
        '/settings',
        '/design',
      ]),
    )
    expect(crawl('GET').join()).not.toMatch(/[:{]/)
    expect(crawl('POST').length).toBeGreaterThanOrEqual(12)
  })

  it('carries the security headers on every route and every status', async () => {
    const statuses = new Set<number>()
    const site = createTestSite(assets.dir, { development: true })
    const leaving = createTestSite(assets.dir, { development: true })
    const failing = createTestSite(assets.dir, {
      views: createFakeViews({
        getTodayPage: () => Promise.reject(new Error('secret internals')),
        getSourcesPage: () => Promise.reject(new Failure('feed-down', 'outside', 'It is down.')),
      }),
    })
    const answers = [
      ...(await Promise.all(crawl('GET').map((path) => site.get(path)))),
      ...(await Promise.all(crawl('GET').map((path) => site.get(path, { session: null })))),
      ...(await Promise.all(crawl('POST').map((path) => leaving.post(path)))),
      ...(await Promise.all(
        crawl('POST').map((path) =>
          site.post(path, {}, { headers: { origin: 'https://evil.example' } }),
        ),
      )),
      await site.get('/none'),
      await site.get('/', { headers: { host: 'evil.example' } }),
      await failing.get('/'),
      await failing.get('/sources'),
      await site.post('/settings', { displayName: 'x'.repeat(70_000) }),
    ]
    for (const answer of answers) {
      statuses.add(answer.status)
      const csp = answer.headers.get('content-security-policy') ?? ''
      expect(csp).toContain("default-src 'none'")
      expect(csp).toMatch(/frame-ancestors '(none|self)'/)
      expect(csp).not.toContain('unsafe-eval')
      // The one document that may style itself runs in a sandbox without scripts.
      expect(csp.includes('unsafe-inline')).toBe(csp.includes('sandbox'))
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
      expect(answer.headers.get('referrer-policy')).toBe('same-origin')
      expect(answer.headers.get('cross-origin-opener-policy')).toBe('same-origin')
      expect(answer.headers.get('permissions-policy')).toContain('camera=()')
      expect(answer.headers.get('cache-control')).toBeTruthy()
      expect(answer.headers.get('strict-transport-security')).toBeNull()
    }
    expect([...statuses].sort()).toEqual([200, 303, 403, 404, 413, 421, 422, 500, 502])
  })

  it('asks for https for ever where the house is on https', async () => {
    const secure = createTestSite(assets.dir, { baseUrl: 'https://murmur.example' })
    expect((await secure.get('/')).headers.get('strict-transport-security')).toContain('max-age')
  })

  it('names no secret and no internals when something breaks', async () => {
    const broken = createTestSite(assets.dir, {
      views: createFakeViews({
        getTodayPage: () => Promise.reject(new Error('password=hunter2 at /srv/x.ts')),
      }),
    })
    const answer = await broken.get('/')
    expect(answer.status).toBe(500)
    expect(await answer.text()).not.toMatch(/hunter2|\/srv/)
  })

  it('answers HEAD as GET without a body', async () => {
    const answer = await site.app.request(`http://murmur.example${EPISODE}`, {
      method: 'HEAD',
      headers: { host: 'murmur.example' },
    })
    expect(answer.status).toBe(200)
    expect(await answer.text()).toBe('')
    expect(answer.headers.get('etag')).toMatch(/^W\//)
  })
})

describe('the host', () => {
  it.each([
    ['evil.example', {}, 421],
    [
      'murmur.example',
      {
        'x-forwarded-host': 'evil.example',
        'x-forwarded-proto': 'https',
        forwarded: 'host=evil.example',
      },
      200,
    ],
  ])('%s with %o: %i', async (host, headers, status) => {
    const answer = await site.get('/', { headers: { host, ...headers } })
    expect(answer.status).toBe(status)
    expect(await answer.text()).not.toContain('evil.example')
  })

  it('is checked in an absolute request line as well', async () => {
    const answer = await site.app.request('http://evil.example/', {
      headers: { host: 'murmur.example' },
    })
    expect(answer.status).toBe(421)
  })

  it('does not matter to those who watch over the process', async () => {
    for (const path of ['/healthz', '/readyz']) {
      expect((await site.get(path, { headers: { host: '10.0.0.7:3000' } })).status).toBe(200)
    }
    const notReady = createTestSite(assets.dir, {
      checkReadiness: async () => ({
        ready: false,
        checks: [{ name: 'database', ready: false, detail: 'password=x' }],
      }),
    })
    const answer = await notReady.get('/readyz')
    expect(answer.status).toBe(503)
    expect(await answer.text()).not.toContain('password')
  })
})

describe('changes', () => {
  it('are refused on every route that comes from elsewhere or without its token', async () => {
    const site = createTestSite(assets.dir)
    const foreign = [
      { headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' } },
      { headers: { origin: undefined, 'sec-fetch-site': undefined } },
      { headers: { origin: 'null', 'sec-fetch-site': 'cross-site' } },
      { headers: { origin: 'http://murmur.example', 'sec-fetch-site': 'same-site' } },
      { token: null },
      { token: 'guessed' },
    ]
    const sessions = site.options.sessions.count()
    for (const path of crawl('POST').filter((path) => path !== '/design')) {
      for (const request of foreign) expect((await site.post(path, {}, request)).status).toBe(403)
    }
    expect(site.options.actions.calls).toEqual([])
    expect(site.options.sessions.count()).toBe(sessions)
  })

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS'])('are never made by %s', async (method) => {
    const headers = { host: 'murmur.example', origin: 'http://murmur.example' }
    const answer = await site.app.request('http://murmur.example/settings', { method, headers })
    expect(answer.status).toBe(403)
  })

  it('need a reader', async () => {
    const site = createTestSite(assets.dir)
    const guarded = crawl('POST').filter(
      (path) => !path.startsWith('/welcome') && path !== '/sign-out',
    )
    for (const path of guarded)
      expect((await site.post(path, {}, { session: null })).status).toBe(403)
    expect(site.options.actions.calls).toEqual([])
  })

  it.each([
    [`/sources/${fakeId(101)}/pause`, 'pauseSource', '/sources?done=paused'],
    [`/sources/${fakeId(101)}/resume`, 'resumeSource', '/sources?done=resumed'],
    [`/sources/${fakeId(101)}/remove`, 'removeSource', '/sources?done=removed'],
    [`/sources/${fakeId(101)}/retry`, 'retrySource', '/sources?done=retried'],
    [`${EPISODE}/retry`, 'retryEpisode', `${EPISODE}?done=retried`],
    ['/samples', 'addSampleLibrary', '/?done=samples'],
    ['/digests/now', 'buildDigestNow', '/?done=digest'],
  ])('%s asks for %s and goes on', async (path, action, next) => {
    const site = createTestSite(assets.dir)
    const answer = await site.post(path)
    expect([answer.status, answer.headers.get('location')]).toEqual([303, next])
    expect(site.options.actions.calls.map(([name]) => name)).toEqual([action])
  })

  it('say what was done in sentences of ours only', async () => {
    expect(await (await site.get('/sources?done=paused')).text()).toContain(
      'Paused. It is not checked',
    )
    expect(await (await site.get('/sources?done=<b>pwned</b>')).text()).not.toContain('pwned')
  })
})

describe('sessions', () => {
  it('open by a press of the button, once, with a cookie for this host alone', async () => {
    const secure = createTestSite(assets.dir, { baseUrl: 'https://murmur.example' })
    const link = `/welcome/${secure.options.sessions.invite()}`
    const before = secure.options.sessions.count()
    for (let look = 0; look < 3; look++)
      expect((await secure.get(link, { session: null })).status).toBe(200)
    expect(secure.options.sessions.count()).toBe(before)
    const answer = await secure.post(link, {}, { session: null })
    const cookie = answer.headers.get('set-cookie') ?? ''
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/'])
    expect(cookie).toMatch(/^__Host-murmurcast=[A-Za-z0-9_-]{43};/)
    for (const part of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/'])
      expect(cookie).toContain(part)
    expect(cookie).not.toContain('Domain')
    const again = await secure.post(link, {}, { session: null })
    expect([again.status, again.headers.get('set-cookie')]).toEqual([403, null])
    expect(await again.text()).toContain('used already')
  })

  it('have a plain cookie where there is no https', async () => {
    const answer = await site.post(
      `/welcome/${site.options.sessions.invite()}`,
      {},
      { session: null },
    )
    const cookie = answer.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/^murmurcast=/)
    expect(cookie).toContain('HttpOnly')
    expect(cookie).not.toContain('Secure')
  })

  it('end at sign-out, also for those who kept the cookie', async () => {
    const own = site.options.sessions.open()
    const answer = await site.post('/sign-out', {}, { session: own })
    expect(answer.headers.get('set-cookie')).toContain('Max-Age=0')
    expect(answer.headers.get('clear-site-data')).toBe('"cache"')
    expect((await site.get('/sources', { session: own })).status).toBe(403)
  })

  it.each(['', 'short', 'a'.repeat(500), '../../etc', 'ä'.repeat(43)])(
    'are not looked up for a cookie of the wrong form: %s',
    async (value) => {
      let asked = 0
      const strict = createTestSite(assets.dir)
      const find = strict.options.sessions.find
      strict.options.sessions.find = (token) => {
        asked++
        return find(token)
      }
      await strict.get('/', {
        session: null,
        headers: { cookie: `murmurcast=${encodeURIComponent(value)}` },
      })
      expect(asked).toBe(0)
    },
  )

  it('refuse a link that is no token without asking', async () => {
    expect((await site.post('/welcome/nonsense', {}, { session: null })).status).toBe(403)
  })
})

describe('who sees what', () => {
  it('shows to strangers the public page and nothing of its transcript', async () => {
    const words =
      FAKE_SEGMENTS.find(({ text }) => text.startsWith('The frames are better'))?.text ?? '?'
    expect(await (await site.get(EPISODE)).text()).toContain(words)
    for (const path of crawl('GET')) {
      const answer = await site.get(path, { session: null })
      const text = await answer.text()
      expect(text).not.toContain(words)
      expect(text).not.toContain('ada@reader.example')
      if (/^\/(sources|outbox|settings|digests)/.test(path)) expect(answer.status).toBe(403)
    }
  })

  it.each([
    `/episodes/${fakeId(999)}`,
    `/episodes/${fakeId(204)}`,
    '/episodes/1',
    "/episodes/' or 1=1",
  ])('%s is nothing for a stranger', async (path) =>
    expect((await site.get(path, { session: null })).status).toBe(404),
  )

  it.each([
    `/digests/${fakeId(999)}`,
    `/outbox/${fakeId(999)}`,
    `/outbox/${fakeId(999)}/html`,
    `/outbox/${fakeId(999)}/message.eml`,
  ])('%s of somebody else is nothing', async (path) =>
    expect((await site.get(path)).status).toBe(404),
  )

  it('lets no cache between keep a page, and search engines only see public ones', async () => {
    for (const path of ['/', '/sources', EPISODE, '/settings']) {
      expect((await site.get(path)).headers.get('cache-control')).toMatch(/no-store|private/)
    }
    expect(await (await site.get(EPISODE)).text()).not.toContain('noindex')
    expect(await (await site.get(`/episodes/${fakeId(204)}`)).text()).toContain('noindex')
    expect(await (await site.get(`/episodes/${fakeId(204)}`)).text()).not.toContain('og:title')
  })
})

describe('pages that have not changed', () => {
  it('are not rendered again', async () => {
    const first = await site.get(EPISODE)
    const etag = first.headers.get('etag') ?? ''
    const again = await site.get(EPISODE, { headers: { 'if-none-match': etag } })
    expect([again.status, await again.text()]).toEqual([304, ''])
    expect(again.headers.get('content-security-policy')).toContain('media-src')
    const stranger = await site.get(EPISODE, { session: null, headers: { 'if-none-match': etag } })
    expect(stranger.status).toBe(200)
  })

  it('keep their assets for good, under an address that changes with them', async () => {
    const html = await (await site.get('/')).text()
    const [css = ''] = html.match(/\/assets\/[0-9a-f]{12}\/main\.css/) ?? []
    const answer = await site.get(css, { headers: { 'accept-encoding': 'gzip' } })
    expect(answer.headers.get('cache-control')).toContain('immutable')
    expect(answer.headers.get('content-encoding')).toBe('gzip')
    expect((await site.get(css.replace(/[0-9a-f]{12}/, '000000000000'))).status).toBe(404)
    expect((await site.get('/assets/../../package.json')).status).toBe(404)
  })
})

describe('the episode page', () => {
  it('may load sound from the publisher’s origins and no page else may', async () => {
    const csp = (await site.get(EPISODE)).headers.get('content-security-policy')
    expect(csp).toContain(
      'media-src https://audio.slowlane.example https://cdn.example;'.slice(0, -1),
    )
    expect((await site.get('/')).headers.get('content-security-policy')).not.toContain('media-src')
  })

  it('leads from a second to its words', async () => {
    const answer = await site.get(`${EPISODE}?at=950`)
    expect([answer.status, answer.headers.get('location')]).toEqual([302, `${EPISODE}#s12`])
    expect((await site.get(`${EPISODE}?at=950`, { session: null })).status).toBe(200)
    expect((await site.get(`${EPISODE}?at=//evil.example`)).status).toBe(200)
  })

  it('answers the faults of its like: notes as text, chapters used, claims with speaker and time', async () => {
    const html = await (await site.get(EPISODE)).text()
    expect(html).not.toMatch(/&lt;(p|a|ul|li)\b/)
    expect(html.match(/Nine years of buying carriages/g)?.length).toBeGreaterThanOrEqual(2)
    expect(html).toContain('href="#s9"')
    expect(html).toContain('13 of 13 quotes found in the transcript.')
    expect(html).toContain('Links mentioned (3)')
    expect(html).toMatch(/<li><span[^>]*>Interview<\/span><\/li><li>/)
  })
})

describe('forms', () => {
  it('look an address up before it is followed', async () => {
    const site = createTestSite(assets.dir)
    const found = await (await site.post('/sources/check', { url: 'slowlane.example/feed' })).text()
    expect(site.options.actions.calls).toEqual([['checkSource', 'https://slowlane.example/feed']])
    for (const words of ['The Slow Lane', '84 episodes', 'Follow it', 'Transcript offered'])
      expect(found).toContain(words)
    await site.post('/sources', { url: 'https://slowlane.example/feed.xml' })
    expect(site.options.actions.calls.at(-1)).toEqual([
      'addSource',
      'https://slowlane.example/feed.xml',
    ])
  })

  it.each([
    '',
    '   ',
    'nonsense',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'ftp://a.example/x',
    'https://user:pw@a.example/',
    `https://a.example/${'x'.repeat(3000)}`,
    'https://',
    'data:text/html,x',
  ])('refuse %s with a reason and without going there', async (url) => {
    const site = createTestSite(assets.dir)
    for (const path of ['/sources/check', '/sources']) {
      const answer = await site.post(path, { url })
      expect(answer.status).toBe(422)
      expect(await answer.text()).toMatch(/role="alert"/)
    }
    expect(site.options.actions.calls).toEqual([])
  })

  const good = {
    displayName: 'Ada',
    email: 'ada@b.example',
    timeZone: 'Europe/Zurich',
    digestAt: '06:30',
    language: 'de',
  }

  it('save settings as they were typed, without their spaces', async () => {
    const site = createTestSite(assets.dir)
    const answer = await site.post('/settings', { ...good, displayName: '  Ada ', email: '' })
    expect(answer.headers.get('location')).toBe('/settings?done=saved')
    expect(site.options.actions.calls).toEqual([
      ['saveSettings', { ...good, displayName: 'Ada', email: null }],
    ])
  })

  it.each([
    ['displayName', ''],
    ['displayName', 'a\r\nBcc: x@y.example'],
    ['email', 'nobody'],
    ['email', 'a@b'],
    ['email', 'a@b.example\r\nBcc: c@d.example'],
    ['email', 'a@b.example, c@d.example'],
    ['email', '"a b"@c.example'],
    ['email', 'a\u200bb@c.example'],
    ['timeZone', 'Mars/Olympus'],
    ['timeZone', ''],
    ['digestAt', '25:00'],
    ['digestAt', '7'],
    ['language', 'not a language'],
  ])('keep %s %j for another look and save nothing', async (field, value) => {
    const site = createTestSite(assets.dir)
    const answer = await site.post('/settings', { ...good, [field]: value })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain(`id="${field}-error"`)
    expect(site.options.actions.calls).toEqual([])
  })

  it('take a full-width @ as the one that is meant', async () => {
    const site = createTestSite(assets.dir)
    await site.post('/settings', { ...good, email: 'ada＠b.example' })
    expect(site.options.actions.calls[0]?.[1]).toMatchObject({ email: 'ada@b.example' })
  })

  it('say that an address is taken beside its field', async () => {
    const site = createTestSite(assets.dir)
    site.options.actions.saveSettings = () =>
      Promise.reject(new Failure('email-taken', 'caller', 'That address is in use.'))
    const answer = await site.post('/settings', good)
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('That address is in use.')
  })

  it('survive a body that is broken or too large', async () => {
    const headers = {
      host: 'murmur.example',
      origin: 'http://murmur.example',
      cookie: `murmurcast=${site.session}`,
      'content-type': 'multipart/form-data; boundary=x',
    }
    const broken = await site.app.request('http://murmur.example/settings', {
      method: 'POST',
      headers,
      body: 'no parts here',
    })
    expect([400, 403]).toContain(broken.status)
    const large = await site.post('/settings', { displayName: 'x'.repeat(70_000) })
    expect(large.status).toBe(413)
  })
})

describe('kept messages', () => {
  it('come as a file under a safe name', async () => {
    const answer = await site.get(`/outbox/${fakeId(500)}/message.eml`)
    expect(answer.headers.get('content-type')).toBe('message/rfc822')
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="[\w ,.-]+\.eml"; filename\*=UTF-8''/,
    )
    expect(await answer.text()).toContain('Subject:')
  })
})
