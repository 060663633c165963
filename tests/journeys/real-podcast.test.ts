import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readMail } from '../ground/read-mail.ts'
import { makeFolder } from './boot-product.ts'
import { runCommand } from './run-command.ts'
import { serveSite } from './serve-site.ts'

const FIXTURES = join(import.meta.dirname, '../../../shared/fixtures')
const FEED = join(FIXTURES, 'feeds/partytime/themnshow.xml')
const TRANSCRIPTS = ['virtual-coffee/2_3.srt', 'virtual-coffee/5_6.srt', 'virtual-coffee/8_3.srt']
const EPISODES = 3
/** A quote begins within the first cues that are spoken at its time. */
const LATEST_BEGIN_CHARACTERS = 160

type Cue = { start: number; text: string }

/** Cues of an SRT file, read by as little as it takes. */
function readCues(srt: string): Cue[] {
  return [
    ...srt.matchAll(/(\d+):(\d\d):(\d\d),(\d{3}) --> .*\r?\n([\s\S]*?)(?=\r?\n\r?\n|$)/g),
  ].map(([, h, m, s, ms, text = '']) => ({
    start: Number(h) * 3600 + Number(m) * 60 + Number(s) + Number(ms) / 1000,
    text: text
      .replace(/^[\p{L} ().]+:\s/u, '')
      .replace(/\s+/g, ' ')
      .trim(),
  }))
}

/** Where in the words that are spoken from `start` on the quote begins; -1 when it does not. */
function findQuote(cues: readonly Cue[], quote: string, start: number): number {
  const spoken = cues.filter((cue) => cue.start >= start - 0.01 && cue.start < start + 600)
  return spoken
    .map(({ text }) => text)
    .join(' ')
    .indexOf(quote)
}

function readQuotes(page: string): { quote: string; start: number }[] {
  const rows = page.matchAll(
    /class="listing-row quote"[\s\S]*?data-seek="([\d.]+)"[\s\S]*?<blockquote[^>]*><p>([\s\S]*?)<\/p>/g,
  )
  return [...rows].map(([, start, quote = '']) => ({ quote: decode(quote), start: Number(start) }))
}

const decode = (html: string): string =>
  html
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

// The folder of real feeds lies beside the project on some machines only.
describe.skipIf(!existsSync(FEED))('murmurcast digest on a real show', () => {
  it('makes all files, and each quote is in its transcript at its time', async () => {
    await using site = await serveSite()
    using folder = makeFolder()
    const files = TRANSCRIPTS.map((name) =>
      readFileSync(join(FIXTURES, 'transcripts', name), 'utf8'),
    )
    let count = 0
    const feed = readFileSync(FEED, 'utf8').replaceAll(
      /(<podcast:transcript url=")[^"]+\.srt"/g,
      (_whole, head: string) => {
        const path = `/transcripts/${count}.srt`
        site.put(path, { body: files[count % files.length] ?? '', type: 'application/x-subrip' })
        count += 1
        return `${head}${site.origin}${path}"`
      },
    )
    site.put('/feed.xml', { body: feed, type: 'application/rss+xml' })
    const out = join(folder.path, 'out')
    const result = await runCommand(
      ['digest', `${site.origin}/feed.xml`, '--out', out, '--since', '9999d', '--max', '3'],
      { MURMURCAST_FETCH_ALLOW: site.hostPort },
    )
    expect(result, result.err).toMatchObject({ code: 0, err: '' })
    expect(readdirSync(out).toSorted()).toEqual([
      ...['digest.eml', 'digest.html', 'digest.json', 'digest.txt', 'episodes'],
    ])
    const pages = readdirSync(join(out, 'episodes'))
    expect(pages).toHaveLength(EPISODES)
    const cues = files.map(readCues)
    for (const name of pages) {
      const quotes = readQuotes(readFileSync(join(out, 'episodes', name), 'utf8'))
      expect(quotes.length).toBeGreaterThan(3)
      // Which of the transcripts a page is of is told by where its quotes are.
      const faults = cues.map((each) =>
        quotes.filter(({ quote, start }) => !isThere(each, quote, start)),
      )
      const fewest = faults.toSorted((a, b) => a.length - b.length)[0]
      expect({ name, fewest }).toEqual({ name, fewest: [] })
    }
    const mail = await readMail(readFileSync(join(out, 'digest.eml')))
    for (const href of mail.links.filter((link) => link.startsWith('episodes/'))) {
      const [file = '', id] = href.split('#')
      const page = readFileSync(join(out, file), 'utf8')
      if (id !== undefined) expect(page).toContain(`id="${id}"`)
    }
  }, 90_000)
})

function isThere(cues: readonly Cue[], quote: string, start: number): boolean {
  const at = findQuote(cues, quote, start)
  return at >= 0 && at <= LATEST_BEGIN_CHARACTERS
}
