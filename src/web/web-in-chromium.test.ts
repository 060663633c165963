import { Hono } from 'hono'
import type { BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Chromium, launchChromium } from '../../tests/ground/chromium.ts'
import { FAKE_EMPTY_TODAY, FAKE_EPISODE, FAKE_TODAY } from './fake-views.ts'
import { createFakeViews } from './fake-web-options.ts'
import { startWebServer } from './start-web-server.ts'
import { bundleAssets } from './testing/bundle-assets.ts'
import { createHostileViews, HOSTILE_PATHS } from './testing/hostile-views.ts'
import { type FakeServer, serveFakes } from './testing/serve-fakes.ts'
import type { WebEnv } from './web-env.ts'

let chromium: Chromium
let assets: Awaited<ReturnType<typeof bundleAssets>>
let site: FakeServer
let fresh: FakeServer

beforeAll(async () => {
  ;[assets, chromium] = await Promise.all([bundleAssets(), launchChromium()])
  const newcomer = { getTodayPage: async () => ({ ...FAKE_EMPTY_TODAY, sourceCount: 0 }) }
  site = await serveFakes(assets.dir)
  fresh = await serveFakes(assets.dir, { views: createFakeViews(newcomer) })
})
afterAll(async () => {
  for (const thing of [site, fresh, chromium, assets]) await thing[Symbol.asyncDispose]()
})

const EPISODE = `/episodes/${FAKE_EPISODE.id}`

/** A page of its own, signed in unless it is a stranger's. */
function open(
  server: FakeServer,
  path: string,
  { isStranger = false, ...context }: BrowserContextOptions & { isStranger?: boolean } = {},
) {
  const value = server.options.sessions.open()
  const cookies = isStranger ? [] : [{ name: 'murmurcast', value }]
  return chromium.open(server.url + path, { ...context, cookies })
}

describe('without scripts', () => {
  it('a newcomer signs in, looks an address up and follows it', async () => {
    const page = await open(fresh, `/welcome/${fresh.options.sessions.invite()}`, {
      javaScriptEnabled: false,
      isStranger: true,
    })
    await page.getByRole('button', { name: 'Come in' }).click()
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(
      'What do you listen to?',
    )
    await page.getByLabel('Paste a link').fill('slowlane.example/feed')
    await page.getByRole('button', { name: 'Look it up' }).click()
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('The Slow Lane')
    await page.getByRole('button', { name: 'Follow it' }).click()
    expect(new URL(page.url()).search).toBe('?done=added')
    expect(fresh.options.actions.calls.map(([name]) => name)).toEqual(['checkSource', 'addSource'])
    await page.context().close()
  })

  it('the episode’s times lead to its words, and nothing that needs scripts is shown', async () => {
    const page = await open(site, EPISODE, { javaScriptEnabled: false })
    await page.getByRole('link', { name: 'Evidence at 15:48' }).click()
    expect(await page.locator('.segment:target').textContent()).toMatch(/^A berth with us/)
    expect(await page.getByLabel('Search in it').isVisible()).toBe(false)
    expect(await page.getByText('Follow the transcript').isVisible()).toBe(false)
    await page.context().close()
  })
})

describe('the sign-in link', () => {
  it('survives scanners that look at it three times, with and without scripts', async () => {
    const link = `/welcome/${site.options.sessions.invite()}`
    await fetch(site.url + link, { method: 'HEAD' })
    await fetch(site.url + link)
    const scanner = await open(site, link, { isStranger: true })
    await scanner.waitForLoadState('networkidle')
    expect(await scanner.context().cookies()).toEqual([])
    await scanner.context().close()
    const person = await open(site, link, { isStranger: true })
    await person.getByRole('button', { name: 'Come in' }).click()
    await person.getByRole('navigation', { name: 'Main' }).waitFor()
    const [cookie] = await person.context().cookies()
    expect(cookie).toMatchObject({ name: 'murmurcast', httpOnly: true, sameSite: 'Lax' })
    await person.getByRole('button', { name: 'Sign out' }).click()
    await person.getByText('This house is private').waitFor()
    await person.context().close()
  })

  it('cannot be pressed from another site', async () => {
    const link = `${site.url}/welcome/${site.options.sessions.invite()}`
    const foreign = new Hono<WebEnv>()
    foreign.get('/', (c) =>
      c.html(`<form method="post" action="${link}"><button>go</button></form>`),
    )
    await using elsewhere = await startWebServer({ app: foreign, host: '127.0.0.1', port: 0 })
    const page = await chromium.newPage()
    await page.goto(elsewhere.url)
    await page.getByRole('button').click()
    await page.getByRole('heading', { name: 'That was not let through' }).waitFor()
    expect(await page.context().cookies()).toEqual([])
    await page.context().close()
  })
})

describe('with scripts', () => {
  it('the search finds words without case or accents and walks through them', async () => {
    const page = await open(site, EPISODE)
    const search = page.getByLabel('Search in it')
    await search.fill('TRACK chárges')
    await page
      .getByText('2 found')
      .waitFor()
      .catch(() => {})
    const found = await page.locator('.segment.is-found').count()
    expect(found).toBeGreaterThan(0)
    await search.press('Enter')
    expect(await page.locator('output').textContent()).toBe(`1 of ${found}`)
    await search.press('Shift+Enter')
    expect(await page.locator('output').textContent()).toBe(`${found} of ${found}`)
    await search.fill('no such words')
    expect(await page.locator('output').textContent()).toBe('Not found')
    await page.context().close()
  })

  it('a time starts the player there, and the words being spoken are marked', async () => {
    const page = await open(site, EPISODE)
    await page.evaluate(() => {
      const audio = document.querySelector('audio')
      if (audio === null) throw new Error('no player')
      let at = 0
      Object.defineProperty(audio, 'currentTime', {
        get: () => at,
        set: (value: number) => {
          at = value
        },
      })
      Object.defineProperty(audio, 'paused', { get: () => false })
      audio.play = async () => {
        audio.dispatchEvent(new Event('timeupdate'))
      }
    })
    await page.getByRole('link', { name: 'Evidence at 15:48' }).click()
    expect(await page.locator('.segment.is-spoken').textContent()).toMatch(/^A berth with us/)
    await page.locator('.notes a.moment', { hasText: '28:11' }).click()
    expect(await page.locator('.segment.is-spoken').textContent()).toMatch(
      /^Let us talk about carriages/,
    )
    await page.context().close()
  })

  it('a form says that it is under way and is sent once', async () => {
    const slow = await serveFakes(assets.dir)
    const { actions } = slow.options
    const check = actions.checkSource
    actions.checkSource = async (...args) => {
      await new Promise((resolve) => setTimeout(resolve, 300))
      return check(...args)
    }
    const page = await open(slow, '/sources')
    await page.getByLabel('Paste a link').fill('https://slowlane.example/')
    const busy = await page.evaluate(() => {
      const button = document.querySelector<HTMLButtonElement>('.add-source button')
      button?.click()
      button?.click()
      return [button?.textContent, button?.getAttribute('aria-disabled')]
    })
    expect(busy).toEqual(['Looking…', 'true'])
    await page.getByRole('heading', { name: 'The Slow Lane' }).waitFor()
    expect(actions.calls.length).toBe(1)
    await page.context().close()
    await slow[Symbol.asyncDispose]()
  })

  it('today fills itself while work is under way, and rests when it is done', async () => {
    let version = 0
    let asked = 0
    const views = createFakeViews({
      getTodayPage: async () => {
        asked++
        return version === 0
          ? { ...FAKE_TODAY, latestDigest: null, arrived: [] }
          : { ...FAKE_TODAY, version: String(version), working: [] }
      },
    })
    const live = await serveFakes(assets.dir, { views })
    const page = await open(live, '/')
    await page.evaluate(() =>
      document.querySelector('live-page')?.setAttribute('data-every-ms', '100'),
    )
    await page.getByText('The first episodes are being read').waitFor()
    version = 1
    await page.getByText('Nothing is being read at the moment.').waitFor({ timeout: 9_000 })
    expect(await page.getByText('The night train that paid for itself').count()).toBeGreaterThan(0)
    const settled = asked
    await page.waitForTimeout(500)
    expect(asked).toBe(settled)
    expect(page.complaints).toEqual([])
    await page.context().close()
    await live[Symbol.asyncDispose]()
  })

  it('the keyboard reaches the content first and everything after it', async () => {
    const page = await open(site, '/')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe(
      'Skip to the content',
    )
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true)
    await page.context().close()
  })

  it('times say how long ago they are', async () => {
    const soon = new Date(Date.now() + 3 * 3_600_000 + 60_000)
    const views = createFakeViews({
      getTodayPage: async () => ({
        ...FAKE_TODAY,
        missing: FAKE_TODAY.missing.map((item) => ({ ...item, retryAt: soon })),
      }),
    })
    const live = await serveFakes(assets.dir, { views })
    const page = await open(live, '/')
    expect(await page.locator('relative-time').first().textContent()).toContain('(in 3 hours)')
    await page.context().close()
    await live[Symbol.asyncDispose]()
  })
})

describe('hostile texts', () => {
  it('run nowhere, on no page and not in the message’s frame', async () => {
    const hostile = await serveFakes(assets.dir, { views: createHostileViews() })
    for (const path of HOSTILE_PATHS) {
      const page = await open(hostile, path)
      await page.waitForTimeout(100)
      expect(await page.evaluate(() => 'pwned' in window), path).toBe(false)
      expect(await page.locator('script').count()).toBe(1)
      for (const link of await page.locator('a').all())
        expect(await link.getAttribute('href')).not.toMatch(/^javascript/i)
      expect(page.complaints.filter((text) => text.startsWith('dialog'))).toEqual([])
      await page.context().close()
    }
    await hostile[Symbol.asyncDispose]()
  })

  it('would be stopped by the policy alone, were they not escaped', async () => {
    const raw = await serveFakes(assets.dir, {
      views: createFakeViews({
        findEpisodePage: async () => ({
          ...FAKE_EPISODE,
          notes: {
            html: '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script><a id="run" href="javascript:window.pwned=1">x</a><style>body{display:none}</style>',
            text: '',
            links: [],
            chapters: [],
          },
        }),
      }),
    })
    const page = await open(raw, EPISODE)
    await page.locator('#run').click()
    await page.waitForTimeout(200)
    expect(await page.evaluate(() => 'pwned' in window)).toBe(false)
    expect(await page.evaluate(() => getComputedStyle(document.body).display)).toBe('flex')
    expect(page.complaints.join(' ')).toContain('Content Security Policy')
    await page.context().close()
    await raw[Symbol.asyncDispose]()
  })
})
