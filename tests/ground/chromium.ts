import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

const ROOT = join(import.meta.dirname, '../..')
const UNPACK = `import chromium from '@sparticuz/chromium'; await chromium.executablePath()`

export type Chromium = {
  browser: Browser
  /** A page in a context of its own: no cookies, no cache of the others. */
  newPage(options?: BrowserContextOptions): Promise<Page>
  /** A picture of the whole page at `url`, written to `file`. */
  screenshot(options: {
    url: string
    file: string
    width?: number
    colorScheme?: 'light' | 'dark'
    cookies?: { name: string; value: string }[]
  }): Promise<void>
} & AsyncDisposable

/**
 * Starts the Chromium that comes from npm, headless, with web security as it is on people's
 * machines: `--no-sandbox` is the only argument, as root needs it, and none of the package's own
 * are taken.
 */
export async function launchChromium(): Promise<Chromium> {
  const executablePath = await unpackChromium()
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  const newPage = async (options: BrowserContextOptions = {}) => {
    const context = await browser.newContext(options)
    return context.newPage()
  }
  return {
    browser,
    newPage,
    screenshot: async ({ url, file, width = 1280, colorScheme = 'light', cookies = [] }) => {
      const page = await newPage({ viewport: { width, height: 900 }, colorScheme })
      await page.context().addCookies(cookies.map((cookie) => ({ ...cookie, url })))
      await page.goto(url)
      await page.screenshot({ path: file, fullPage: true })
      await page.context().close()
    },
    [Symbol.asyncDispose]: () => browser.close(),
  }
}

/**
 * The binary's path, unpacked once per version and user. The package itself takes a file that is
 * still being written by another process for a finished one; so each unpacks into a folder of its
 * own, and the first to finish gives its folder the final name.
 */
async function unpackChromium(): Promise<string> {
  const manifest = join(ROOT, 'node_modules/@sparticuz/chromium/package.json')
  const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string }
  const folder = join(tmpdir(), `murmurcast-chromium-${version}-${process.getuid?.() ?? 'user'}`)
  const binary = join(folder, 'chromium')
  if (existsSync(binary)) return binary
  const own = await mkdtemp(`${folder}-`)
  await promisify(execFile)(process.execPath, ['--input-type=module', '-e', UNPACK], {
    cwd: ROOT,
    env: { ...process.env, TMPDIR: own },
  })
  try {
    await rename(own, folder)
  } catch {
    await rm(own, { recursive: true, force: true })
  }
  return binary
}
