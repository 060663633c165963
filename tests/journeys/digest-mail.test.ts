import AxeBuilder from '@axe-core/playwright'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DigestContent } from '../../src/digests/digest-content.ts'
import { exampleContent, exampleItem } from '../../src/digests/example-digest-content.ts'
import { renderDigest } from '../../src/digests/render-digest.ts'
import { composeMessage } from '../../src/mail/compose-message.ts'
import { type Chromium, launchChromium } from '../ground/chromium.ts'
import { readMail } from '../ground/read-mail.ts'

const FULL = exampleContent({
  items: Array.from({ length: 60 }, (_, i) =>
    exampleItem({
      episodeId: `e${i}`,
      title: `${i}: an episode with the longishwordthatdoesnotbreak`,
    }),
  ),
  carriedEpisodeIds: ['e1'],
})
const CONTENTS: [string, DigestContent][] = [
  ['a usual morning', exampleContent({ carriedEpisodeIds: ['e3'] })],
  ['a full morning', FULL],
  ['nothing new', exampleContent({ items: [], stories: [] })],
]
const compose = (content: DigestContent) => {
  const { subject, html, text } = renderDigest(content)
  return composeMessage({
    from: { name: 'murmurcast', address: 'digest@murmurcast.example' },
    to: 'ada@reader.example',
    replyTo: null,
    subject,
    html,
    text,
    messageId: '<abc.d@murmurcast.example>',
    date: new Date('2026-11-23T06:00:00Z'),
    list: null,
  })
}

describe('a digest on the wire', () => {
  it.each(CONTENTS)('comes back whole: %s', async (_name, content) => {
    const { subject, html, text } = renderDigest(content)
    const raw = await compose(content)
    expect(raw.length).toBeLessThanOrEqual(100_000)
    const mail = await readMail(raw)
    expect(mail).toMatchObject({ subject, html, text })
    const urls = [...new Set(mail.text.match(/https?:\/\/\S+/g))]
    expect(urls.sort()).toEqual(mail.links.sort())
  })

  it.each([
    ['Chinese', '潮汐闸门'.repeat(60)],
    ['emoji', '👩‍👩‍👧‍👦'.repeat(60)],
    ['equals signs', '=3D'.repeat(120)],
  ])('is at most 100 kB with 200 items in %s', async (_name, text) => {
    const items = Array.from({ length: 200 }, (_, i) =>
      exampleItem({ episodeId: `e${i}`, title: text, description: text }),
    )
    const raw = await compose(exampleContent({ items }))
    expect(raw.length).toBeLessThanOrEqual(100_000)
    expect(raw.length).toBeGreaterThan(60_000)
  })
})

describe('a digest in a mail program', () => {
  let chromium: Chromium
  let browser: Browser
  beforeAll(async () => {
    chromium = await launchChromium()
    browser = chromium.browser
  }, 60_000)
  afterAll(async () => {
    await chromium[Symbol.asyncDispose]()
  })

  const VIEWS = [320, 640, 1200].flatMap((width) =>
    (['light', 'dark'] as const).flatMap((colorScheme) =>
      CONTENTS.map(([name, content]) => ({ name, width, colorScheme, content })),
    ),
  )

  it.each(VIEWS)(
    '$name at $width px, $colorScheme',
    async ({ width, colorScheme, content }) => {
      const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme })
      try {
        const page = await context.newPage()
        const requests: string[] = []
        page.on('request', (request) => requests.push(request.url()))
        await page.setContent(renderDigest(content).html)
        // Contrast is among what axe looks at.
        const { violations } = await new AxeBuilder({ page }).analyze()
        const serious = violations.filter(
          ({ impact }) => impact === 'serious' || impact === 'critical',
        )
        expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
        expect(requests).toEqual([])
        // Every painted surface belongs to the scheme, the margins around the sheet as well.
        const lightness = await page.evaluate(() =>
          [...document.querySelectorAll('body, div, table, td')]
            .filter((element) => element.closest('table[aria-hidden]') === null)
            .map((element) => getComputedStyle(element).backgroundColor.match(/[\d.]+/g) ?? [])
            .filter(([, , , alpha]) => alpha === undefined)
            .map(([red]) => Number(red)),
        )
        expect(lightness.length).toBeGreaterThan(2)
        if (colorScheme === 'dark') expect(Math.max(...lightness)).toBeLessThan(64)
        else expect(Math.min(...lightness)).toBeGreaterThan(192)
      } finally {
        await context.close()
      }
    },
    60_000,
  )
})
