import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { Failure } from '../model/failure.ts'
import type { AssetPaths } from './page-frame.ts'
import { MARK_SVG } from './parts/icons.tsx'
import type { WebContext } from './web-env.ts'

type Asset = { body: Uint8Array<ArrayBuffer>; gzipped: Uint8Array<ArrayBuffer>; type: string }

/** The site's own files in memory, each under an address that changes with its content. */
export type Assets = {
  paths: AssetPaths
  /** Changes when any of the files does. */
  version: string
  files: ReadonlyMap<string, Asset>
}

/** Reads `main.js` and `main.css` from the folder. Throws `assets-missing` when they are not there. */
export function loadAssets(dir: string): Assets {
  const [css, js] = [read(dir, 'main.css'), read(dir, 'main.js')]
  const mark = new TextEncoder().encode(MARK_SVG)
  const version = createHash('sha256')
    .update(css)
    .update(js)
    .update(mark)
    .digest('hex')
    .slice(0, 12)
  const paths = {
    css: `/assets/${version}/main.css`,
    js: `/assets/${version}/main.js`,
    mark: `/assets/${version}/mark.svg`,
  }
  const files = new Map([
    [paths.css, pack(css, 'text/css; charset=utf-8')],
    [paths.js, pack(js, 'text/javascript; charset=utf-8')],
    [paths.mark, pack(mark, 'image/svg+xml')],
  ])
  return { paths, version, files }
}

function read(dir: string, name: string): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(readFileSync(join(dir, name)))
  } catch (cause) {
    throw new Failure(
      'assets-missing',
      'us',
      `The web pages' file ${name} is not there. Start murmurcast with "npm start", which builds it.`,
      { cause },
    )
  }
}

function pack(body: Uint8Array<ArrayBuffer>, type: string): Asset {
  return { body, gzipped: new Uint8Array(gzipSync(body)), type }
}

/** Answers with the file, or null when the address names none. */
export function answerAsset(c: WebContext, assets: Assets): Response | null {
  const asset = assets.files.get(c.req.path)
  if (asset === undefined) return null
  const isGzip = /\bgzip\b/.test(c.req.header('accept-encoding') ?? '')
  c.header('content-type', asset.type)
  c.header('cache-control', 'public, max-age=31536000, immutable')
  c.header('vary', 'accept-encoding')
  if (isGzip) c.header('content-encoding', 'gzip')
  return c.body(isGzip ? asset.gzipped : asset.body)
}
