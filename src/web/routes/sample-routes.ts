import type { Hono } from 'hono'
import type { WebRoom } from '../answer-page.tsx'
import { pageNotFound } from '../pages/error-page.tsx'
import { readRange } from '../read-range.ts'
import type { WebEnv } from '../web-env.ts'

const PATH = '/sample-library/'

/** Pictures and audio of the sample library. They are fiction and anybody may see them. */
export function addSampleRoutes(app: Hono<WebEnv>, { options }: WebRoom): void {
  app.get(`${PATH}*`, async (c) => {
    const file = await options.actions.findSampleFile(c.req.path.slice(PATH.length))
    if (file === null) throw pageNotFound()
    const size = file.bytes.byteLength
    const range = readRange(c.req.header('range'), size)
    c.header('content-type', file.type)
    c.header('cache-control', 'public, max-age=86400')
    c.header('accept-ranges', 'bytes')
    // A drawing opened by itself is a document: it gets nothing to run with.
    c.set('csp', {
      replace: "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox",
    })
    if (range === 'unsatisfiable') {
      c.header('content-range', `bytes */${size}`)
      return c.body(null, 416)
    }
    if (range === null) return c.body(new Uint8Array(file.bytes))
    c.header('content-range', `bytes ${range.start}-${range.end}/${size}`)
    return c.body(new Uint8Array(file.bytes.subarray(range.start, range.end + 1)), 206)
  })
}
