import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { EpisodePage } from '../store/views/episode-page.ts'
import type { PageFrame } from './page-frame.ts'
import { EpisodePageView } from './pages/episode-page.tsx'
import { MARK_SVG } from './parts/icons.tsx'

/**
 * An episode's page as one file that needs no server and no network: style and script lie inside
 * it, and links to other episodes lead to the files beside it.
 */
export async function renderEpisodeFile(page: EpisodePage, assetsDir: string): Promise<string> {
  const frame: PageFrame = {
    assets: {
      css: toDataUri('text/css', readFileSync(join(assetsDir, 'main.css'))),
      js: toDataUri('text/javascript', readFileSync(join(assetsDir, 'main.js'))),
      mark: toDataUri('image/svg+xml', Buffer.from(MARK_SVG)),
    },
    path: '/',
    done: null,
    reader: null,
    formToken: null,
    baseUrl: 'http://localhost',
    development: false,
  }
  const html = await String(await Promise.resolve(<EpisodePageView frame={frame} view={page} />))
  const linked = html
    .replaceAll(/href="\/episodes\/([0-9a-f-]{36})"/g, 'href="$1.html"')
    .replaceAll('href="/"', 'href="../digest.html"')
  return `<!doctype html>${linked}`
}

const toDataUri = (type: string, bytes: Uint8Array): string =>
  `data:${type};base64,${Buffer.from(bytes).toString('base64')}`
