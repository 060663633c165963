/**
 * Takes the pictures of the README anew: `npm run pictures`. They show the sample library and
 * nothing else.
 */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { launchChromium } from '../../tests/ground/chromium.ts'

const root = join(import.meta.dirname, '../..')
const data = await mkdtemp(join(tmpdir(), 'mc-pictures-'))
const server = spawn(join(root, 'bin/murmurcast'), ['serve'], {
  env: {
    ...process.env,
    MURMURCAST_DATA: data,
    MURMURCAST_PORT: '0',
    MURMURCAST_LOG_LEVEL: 'warn',
  },
  stdio: ['ignore', 'pipe', 'inherit'],
})
try {
  const link = await readLink()
  await using chromium = await launchChromium()
  const page = await chromium.newPage({ viewport: { width: 1200, height: 800 } })
  await makeDigest(page, link)
  const base = new URL(link).origin
  await take(page, { name: 'today', url: base, height: 820 })
  const episode = await hrefOf(page, 'a[href^="/episodes/"]:has-text("Narrows")')
  await take(page, { name: 'episode', url: base + episode, height: 900 })
  await page.goto(`${base}/outbox`)
  await page.goto(base + (await hrefOf(page, 'a[href^="/outbox/"]')))
  const mail = await page.locator('iframe').first().getAttribute('src')
  await take(page, { name: 'email', url: base + mail, height: 900, width: 700 })
} finally {
  server.kill('SIGTERM')
  await new Promise((resolve) => server.once('exit', resolve))
  await rm(data, { recursive: true, force: true })
}

async function readLink(): Promise<string> {
  let text = ''
  for await (const chunk of server.stdout) {
    text += String(chunk)
    const link = /http:\/\/\S+\/welcome\/\S+/.exec(text)?.[0]
    if (link !== undefined) return link
  }
  throw new Error(`the server said no link: ${text}`)
}

async function makeDigest(page: Page, link: string): Promise<void> {
  await page.goto(link)
  await page.click('main button[type=submit]')
  await page.click('form[action*=sample] button')
  const base = new URL(link).origin
  for (let tries = 0; tries < 30; tries += 1) {
    await page.waitForTimeout(1000)
    await page.goto(base)
    if ((await page.locator('.work li').count()) === 0) break
  }
  await page.click('form[action="/digests/now"] button')
  await page.waitForTimeout(3000)
}

async function hrefOf(page: Page, selector: string): Promise<string> {
  return (await page.locator(selector).first().getAttribute('href')) ?? '/'
}

type Picture = { name: string; url: string; height: number; width?: number }

async function take(page: Page, { name, url, height, width = 1200 }: Picture): Promise<void> {
  for (const [size, wide] of [
    ['wide', width],
    ['narrow', 390],
  ] as const) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width: wide, height })
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.goto(url)
      await page.screenshot({
        path: join(import.meta.dirname, `${name}-${size}-${colorScheme}.png`),
      })
    }
  }
}
