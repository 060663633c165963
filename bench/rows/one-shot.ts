import { rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { makeFolder, timeCommand } from '../product.ts'
import { limitRow, medianOf, ROUNDS, type Row } from '../row.ts'
import { makeSentences, renderSyntheticFeed } from '../synthetic-feed.ts'

const ITEMS = 400
const NEW_ITEMS = 3
const TRANSCRIPT_WORDS = 8000
const HOUR_MS = 3_600_000

/** `murmurcast digest` on a long feed with three new episodes, beside what any command costs. */
export const oneShotRow: Row = {
  name: 'one-shot',
  async measure() {
    const out = makeFolder()
    await using server = await serveShow()
    const args = ['digest', `${server.origin}/feed.xml`, '--out', join(out, 'digest')]
    const settings = { MURMURCAST_FETCH_ALLOW: new URL(server.origin).host }
    const [digests, starts]: [number[], number[]] = [[], []]
    try {
      await timeCommand(['--help'])
      for (let round = 0; round < ROUNDS; round += 1) {
        starts.push(await timeCommand(['--help']))
        digests.push(await timeCommand([...args, '--since', '60h'], settings))
      }
    } finally {
      rmSync(out, { recursive: true, force: true })
    }
    const [digestMs, startMs] = [medianOf(digests), medianOf(starts)]
    const work = `digest of ${ITEMS} items, ${NEW_ITEMS} new with ${TRANSCRIPT_WORDS.toLocaleString('en')} words each, beyond --help`
    return [
      limitRow({ name: 'one-shot', work, unit: 's', atMost: 2 }, (digestMs - startMs) / 1000, {
        digestMs,
        startMs,
      }),
    ]
  },
}

async function serveShow(): Promise<AsyncDisposable & { origin: string }> {
  let feed = ''
  const server = createServer((request, response) => {
    const index = /^\/(\d+)\.srt$/.exec(request.url ?? '')?.[1]
    response.end(index === undefined ? feed : renderSrt(Number(index)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const transcriptOf = (index: number) => `${origin}/${index}.srt`
  // Yesterday, the day before and the one before that lie within sixty hours.
  const newest = new Date(Date.now() - HOUR_MS)
  feed = renderSyntheticFeed({ items: ITEMS, words: 300, newest, transcriptOf })
  return {
    origin,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

function renderSrt(index: number): string {
  return makeSentences(TRANSCRIPT_WORDS, index + 1)
    .map((text, at) => `${at + 1}\n${clock(at * 5)} --> ${clock(at * 5 + 5)}\n${text}\n`)
    .join('\n')
}

function clock(seconds: number): string {
  const parts = [seconds / 3600, (seconds / 60) % 60, seconds % 60]
  return `${parts.map((part) => String(Math.floor(part)).padStart(2, '0')).join(':')},000`
}
