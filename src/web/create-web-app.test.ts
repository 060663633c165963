import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Failure } from '../model/failure.ts'
import { fakeId } from './fake-library.ts'
import { FAKE_EPISODE } from './fake-views.ts'
import { createFakeViews } from './fake-web-options.ts'
import { bundleAssets } from './testing/bundle-assets.ts'
import { crawlRoutes, NEEDS_NO_SESSION } from './testing/crawl-routes.ts'
import { createTestSite, type TestSite } from './testing/request-app.ts'

let assets: Awaited<ReturnType<typeof bundleAssets>>
let site: TestSite

beforeAll(async () => {
  assets = await bundleAssets()
  site = createTestSite(assets.dir, { development: true })
})
afterAll(() => assets[Symbol.asyncDispose]())

const EPISODE = `/episodes/${FAKE_EPISODE.id}`
describe('every answer', () => {
  it('finds the routes to look at', () => {
    expect(crawlRoutes(site.app, 'GET')).toEqual(
      expect.arrayContaining([
        '/',
        EPISODE,
        '/sources',
        `/outbox/${fakeId(500)}/html`,
        '/settings',
        '/design',
      ]),
    )
    expect(crawlRoutes(site.app, 'GET').join()).not.toMatch(/[:{]/)
    expect(crawlRoutes(site.app, 'POST').length).toBeGreaterThanOrEqual(12)
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
      ...(await Promise.all(crawlRoutes(site.app, 'GET').map((path) => site.get(path)))),
      ...(await Promise.all(
        crawlRoutes(site.app, 'GET').map((path) => site.get(path, { session: null })),
      )),
      ...(await Promise.all(crawlRoutes(site.app, 'POST').map((path) => leaving.post(path)))),
      ...(await Promise.all(
        crawlRoutes(site.app, 'POST').map((path) =>
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
    expect([...statuses]).toEqual(
      expect.arrayContaining([200, 303, 403, 404, 413, 421, 422, 500, 502]),
    )
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
    for (const path of crawlRoutes(site.app, 'POST').filter(
      (path) => !path.startsWith('/unsubscribe/'),
    )) {
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
    const guarded = crawlRoutes(site.app, 'POST').filter(
      (path) => !NEEDS_NO_SESSION.test(path) && path !== '/sign-out',
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
