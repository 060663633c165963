import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FAKE_CHECK } from './fake-web-options.ts'
import { renderAttachment } from './routes/mail-routes.tsx'
import { bundleAssets } from './testing/bundle-assets.ts'
import { createHostileViews, HOSTILE, HOSTILE_PATHS, makeHostile } from './testing/hostile-views.ts'
import { createTestSite, type TestSite } from './testing/request-app.ts'

let assets: Awaited<ReturnType<typeof bundleAssets>>
let site: TestSite

beforeAll(async () => {
  assets = await bundleAssets()
  site = createTestSite(assets.dir, { views: createHostileViews() })
})
afterAll(() => assets[Symbol.asyncDispose]())

/** What must not be in a page: markup of ours never has any of it. */
function expectHarmless(html: string): void {
  expect(html).not.toContain('<script>')
  expect(html).not.toMatch(/<img src=x/)
  expect(html).not.toMatch(/\son\w+=(?!&quot;)["'a-z]/)
  expect(html).not.toMatch(/(href|src|action)="\s*javascript:/i)
  expect(html).not.toMatch(/<[^>]*\sstyle=/)
  expect(html.match(/<script/g)?.length).toBe(1)
}

describe('hostile texts', () => {
  it.each(HOSTILE_PATHS)('are text on %s', async (path) => {
    const answer = await site.get(path)
    expect(answer.status).toBe(200)
    const html = await answer.text()
    expect(html).toContain('&lt;script&gt;window.pwned=1')
    expectHarmless(html)
  })

  it('are text on the page of a live look', async () => {
    site.options.actions.checkSource = async () => ({
      ...makeHostile(FAKE_CHECK),
      found: true,
      kind: 'podcast',
    })
    const html = await (await site.post('/sources/check', { url: 'https://a.example/' })).text()
    expect(html).toContain('&lt;script&gt;window.pwned=1')
    expectHarmless(html)
    site.options.actions.checkSource = async () => ({ found: false, reason: HOSTILE })
    expectHarmless(await (await site.post('/sources/check', { url: HOSTILE })).text())
    expectHarmless(await (await site.post('/sources/check', { url: 'https://a.example/' })).text())
  })

  it.each([
    ['/welcome/', 200],
    ['/nothing/', 404],
    ['/episodes/', 404],
  ])('in an address are text on %s', async (path, status) => {
    const answer = await site.get(path + encodeURIComponent(HOSTILE))
    expect(answer.status).toBe(status)
    expectHarmless(await answer.text())
  })

  it('in a form come back as text', async () => {
    const answer = await site.post('/settings', {
      displayName: HOSTILE,
      email: HOSTILE,
      timeZone: HOSTILE,
      digestAt: HOSTILE,
      language: HOSTILE,
    })
    expect(answer.status).toBe(422)
    expectHarmless(await answer.text())
  })
})

describe('names of files', () => {
  it.each([
    ['Your digest', 'attachment; filename="Your digest.eml"; filename*=UTF-8\'\'Your%20digest.eml'],
    ['../../etc/passwd', 'attachment; filename="etcpasswd.eml"; filename*=UTF-8\'\'etcpasswd.eml'],
    [
      'a"; filename="evil.exe',
      'attachment; filename="a filenameevil.exe.eml"; filename*=UTF-8\'\'a%3B%20filename%3Devil.exe.eml',
    ],
    [
      'a\r\nSet-Cookie: x=1',
      'attachment; filename="aSet-Cookie x1.eml"; filename*=UTF-8\'\'aSet-Cookie%20x%3D1.eml',
    ],
    ['Für Zoë', 'attachment; filename="Fur Zoe.eml"; filename*=UTF-8\'\'F%C3%BCr%20Zo%C3%AB.eml'],
    ['\u202egpj.exe', 'attachment; filename="gpj.exe.eml"; filename*=UTF-8\'\'gpj.exe.eml'],
    ['\ud800', 'attachment; filename="message.eml"; filename*=UTF-8\'\'message.eml'],
    ['日本', 'attachment; filename="message.eml"; filename*=UTF-8\'\'%E6%97%A5%E6%9C%AC.eml'],
    ['', 'attachment; filename="message.eml"; filename*=UTF-8\'\'message.eml'],
  ])('%j', (title, header) => expect(renderAttachment(title, 'eml')).toBe(header))
})
