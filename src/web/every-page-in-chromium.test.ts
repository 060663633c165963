import { AxeBuilder } from '@axe-core/playwright'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Chromium, launchChromium } from '../../tests/ground/chromium.ts'
import { fakeId } from './fake-library.ts'
import { FAKE_EMPTY_TODAY, FAKE_EPISODE } from './fake-views.ts'
import { createFakeViews, EMPTY_VIEWS } from './fake-web-options.ts'
import { bundleAssets } from './testing/bundle-assets.ts'
import { type FakeServer, serveFakes } from './testing/serve-fakes.ts'

let chromium: Chromium
let assets: Awaited<ReturnType<typeof bundleAssets>>
let site: FakeServer
let empty: FakeServer
let fresh: FakeServer

beforeAll(async () => {
  ;[assets, chromium] = await Promise.all([bundleAssets(), launchChromium()])
  const newcomer = { getTodayPage: async () => ({ ...FAKE_EMPTY_TODAY, sourceCount: 0 }) }
  site = await serveFakes(assets.dir)
  empty = await serveFakes(assets.dir, { views: createFakeViews(EMPTY_VIEWS) })
  fresh = await serveFakes(assets.dir, { views: createFakeViews(newcomer) })
})
afterAll(async () => {
  for (const thing of [site, empty, fresh, chromium, assets]) await thing[Symbol.asyncDispose]()
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

/** Every page in every designed state. */
const PAGES: [name: string, server: () => FakeServer, path: string, isStranger?: boolean][] = [
  ['front', () => site, '/', true],
  ['sign-in', () => site, `/welcome/${'A'.repeat(43)}`, true],
  ['welcome', () => fresh, '/'],
  ['today', () => site, '/'],
  ['today, empty', () => empty, '/'],
  ['sources', () => site, '/sources?done=paused'],
  ['sources, empty', () => empty, '/sources'],
  ['episode', () => site, EPISODE],
  ['episode, for strangers', () => site, EPISODE, true],
  ['episode, waiting', () => site, `/episodes/${fakeId(220)}`],
  ['newsletter issue', () => site, `/episodes/${fakeId(204)}`],
  ['digest', () => site, `/digests/${fakeId(400)}`],
  ['outbox', () => site, '/outbox'],
  ['outbox, empty', () => empty, '/outbox'],
  ['message', () => site, `/outbox/${fakeId(500)}`],
  ['settings', () => site, '/settings'],
  ['design', () => site, '/design'],
  ['not found', () => site, '/nothing'],
]

async function seriousFaults(page: Page): Promise<string[]> {
  // The checker would wait for ever for its script in a frame that runs none.
  await page.evaluate(() => document.querySelector('iframe[title]')?.remove())
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.slice(0, 3).map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    )
}

describe('every page', () => {
  it.each(PAGES)(
    '%s: no serious fault of access, no complaint, no sideways scrolling',
    async (_, server, path, isStranger = false) => {
      const page = await open(server(), path, {
        isStranger,
        viewport: { width: 1280, height: 900 },
      })
      expect(await seriousFaults(page)).toEqual([])
      expect(page.complaints.filter((text) => !text.includes('404 (Not Found)'))).toEqual([])
      for (const width of [1440, 1024, 768, 360, 320]) {
        await page.setViewportSize({ width, height: 700 })
        const over = await page.evaluate(
          () => document.documentElement.scrollWidth - window.innerWidth,
        )
        expect(over, `${width} px`).toBeLessThanOrEqual(0)
      }
      await page.emulateMedia({ colorScheme: 'dark' })
      expect(await seriousFaults(page)).toEqual([])
      await page.context().close()
    },
  )
})
