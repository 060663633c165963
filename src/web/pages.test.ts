import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Failure } from '../model/failure.ts'
import { fakeId } from './fake-library.ts'
import { FAKE_SEGMENTS } from './fake-transcript.ts'
import { FAKE_EPISODE } from './fake-views.ts'
import { bundleAssets } from './testing/bundle-assets.ts'
import { crawlRoutes } from './testing/crawl-routes.ts'
import { createTestSite, type TestSite } from './testing/request-app.ts'

let assets: Awaited<ReturnType<typeof bundleAssets>>
let site: TestSite

beforeAll(async () => {
  assets = await bundleAssets()
  site = createTestSite(assets.dir, { development: true })
})
afterAll(() => assets[Symbol.asyncDispose]())

const EPISODE = `/episodes/${FAKE_EPISODE.id}`

describe('who sees what', () => {
  it('shows to strangers the public page and nothing of its transcript', async () => {
    const words =
      FAKE_SEGMENTS.find(({ text }) => text.startsWith('The frames are better'))?.text ?? '?'
    expect(await (await site.get(EPISODE)).text()).toContain(words)
    for (const path of crawlRoutes(site.app, 'GET')) {
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
