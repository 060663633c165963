import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

const ROOT = join(import.meta.dirname, '../..')
const UNPACK = `import chromium from '@sparticuz/chromium'; await chromium.executablePath()`

type Cookie = { name: string; value: string }

export type Chromium = {
  browser: Browser
  /** A page in a context of its own: no cookies, no cache of the others. */
  newPage(options?: BrowserContextOptions): Promise<Page>
  /** Opens `url` in a page of its own and collects what the browser complains about. */
  open(
    url: string,
    options?: BrowserContextOptions & { cookies?: Cookie[] },
  ): Promise<Page & { complaints: string[] }>
  /** A picture of the whole page at `url`, written to `file`. */
  screenshot(options: {
    url: string
    file: string
    width?: number
    colorScheme?: 'light' | 'dark'
    cookies?: Cookie[]
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
    open: async (url, { cookies = [], ...context } = {}) => {
      const page = await newPage(context)
      await page.context().addCookies(cookies.map((cookie) => ({ ...cookie, url })))
      const complaints = collectComplaints(page)
      await page.goto(url)
      return Object.assign(page, { complaints })
    },
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

/** Errors on the console, thrown errors and dialogs, as they come. */
function collectComplaints(page: Page): string[] {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('dialog', (dialog) => {
    complaints.push(`dialog ${dialog.message()}`)
    void dialog.dismiss()
  })
  return complaints
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
