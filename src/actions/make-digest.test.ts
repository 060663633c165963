import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readMail } from '../../tests/ground/read-mail.ts'
import { Failure } from '../model/failure.ts'
import { createFakeGuardedFetch, type FakeServer } from '../platform/http/fake-guarded-fetch.ts'
import { exampleSummary, exampleTranscript } from '../store/example-rows.ts'
import type { SummaryInput } from '../summaries/summary-input.ts'
import { createFakeTranscriptProvider } from '../transcripts/fake-transcript-provider.ts'
import { checkSource } from './check-source.ts'
import { composeDigestFile } from './compose-digest-file.ts'
import { makeDigest } from './make-digest.ts'
import type { ReadDeps } from './read-episode.ts'
import { type SummariseRequest, summariseText } from './summarise-text.ts'

const NOW = new Date('2026-11-23T12:00:00Z')
const SALT = 'https://salt.example/feed.xml'

const feedOf = (title: string, days: readonly number[], dated = true): string => {
  const items = days.map((day) => {
    const date = dated
      ? `<pubDate>${new Date(Date.UTC(2026, 10, day)).toUTCString()}</pubDate>`
      : ''
    return `<item><guid>${title}${day}</guid><title>${title} ${day}</title>${date}</item>`
  })
  return `<rss version="2.0"><channel><title>${title}</title>${items.join('')}</channel></rss>`
}

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'digest & '))
})
afterAll(() => rm(folder, { recursive: true }))

const summarise = async ({ title, show }: SummaryInput) => {
  if (title.endsWith(' 13')) throw new Failure('broken', 'us', 'It could not be summarised.')
  return exampleSummary({ title, show })
}
const means = (servers: Record<string, FakeServer>): ReadDeps => ({
  fetch: createFakeGuardedFetch(servers),
  now: NOW,
  providers: [
    createFakeTranscriptProvider({
      ...{ found: true, transcript: exampleTranscript({}), reason: 'It was there.' },
    }),
  ],
  summarise,
  readsFiles: true,
})
const make = (
  servers: Record<string, FakeServer>,
  change: Partial<Parameters<typeof makeDigest>[1]> = {},
) => {
  const said: string[] = []
  const request = {
    addresses: Object.keys(servers),
    since: new Date('2026-11-01'),
    maxPerSource: 5,
    onProgress: (text: string) => void said.push(text),
    ...change,
  }
  return makeDigest(means(servers), request).then((made) => ({ ...made, said }))
}

describe('makeDigest', () => {
  it('takes the newest of each source, no more than asked for and none that is older', async () => {
    const servers = {
      [SALT]: { body: feedOf('Salt', [3, 9, 20, 21, 22]) },
      'https://pepper.example/feed.xml': { body: feedOf('Pepper', [2, 21]) },
    }
    const { content, said } = await make(servers, {
      ...{ maxPerSource: 2, since: new Date('2026-11-10') },
    })
    expect(content.items.map(({ title }) => title).toSorted()).toEqual([
      ...['Pepper 21', 'Salt 21', 'Salt 22'],
    ])
    expect(content.localDate).toMatch(/^2026-11-2[34]$/)
    expect(said.join('\n')).toContain('Salt: 1 of 2')
  })

  it('lists what failed with its reason, and tells the rest', async () => {
    const { content, episodes } = await make({
      [SALT]: { body: feedOf('Salt', [12, 13, 14]) },
      'https://gone.example/feed.xml': { status: 503 },
      'https://page.example/': { body: '<!doctype html><title>x</title>' },
    })
    expect(episodes.map(({ episode }) => episode.title)).toEqual(['Salt 14', 'Salt 12'])
    const reasons = content.missing.map((item) => [
      item.sourceTitle,
      item.episodeTitle,
      item.reason,
    ])
    expect(reasons).toEqual([
      ['https://gone.example/feed.xml', null, expect.stringContaining('503')],
      ['https://page.example/', null, expect.stringContaining('page.example')],
      ['Salt', 'Salt 13', 'It could not be summarised.'],
    ])
  })

  it('is made although an address fails in a way that nobody foresaw', async () => {
    const servers = { [SALT]: { body: feedOf('Salt', [12]) } }
    const deps = means(servers)
    const fetch: ReadDeps['fetch'] = (request) =>
      request.url.includes('bug') ? Promise.reject(new Error('token=1')) : deps.fetch(request)
    const request = { since: new Date('2026-11-01'), maxPerSource: 5, onProgress: () => {} }
    const addresses = ['https://bug.example/', SALT]
    const { content } = await makeDigest({ ...deps, fetch }, { ...request, addresses })
    expect(content.items).toHaveLength(1)
    expect(content.missing).toMatchObject([{ reason: expect.not.stringContaining('token') }])
  })

  it('reads a source once that is named twice, and says when nothing has a date', async () => {
    const servers = { [SALT]: { body: feedOf('Salt', [12]) } }
    const twice = await make(servers, { addresses: [SALT, SALT, 'http://salt.example/feed.xml'] })
    expect(twice.content.items).toHaveLength(1)
    const undated = await make({ [SALT]: { body: feedOf('Salt', [12], false) } })
    expect(undated.content.missing).toMatchObject([
      { sourceTitle: 'Salt', reason: expect.stringContaining('date') },
    ])
  })

  it('leads nowhere that is not there: pages beside it, no reader and no server', async () => {
    const { content, rendered, episodes } = await make({ [SALT]: { body: feedOf('Salt', [12]) } })
    const page = `episodes/${episodes[0]?.episode.id}.html`
    expect(content).toMatchObject({ links: null, items: [{ pageUrl: page }] })
    expect(content.items[0]?.moments[0]?.url).toBe(`${page}#s0`)
    for (const part of [rendered.html, rendered.text]) {
      expect(part).not.toMatch(/unsubscribe|>settings<|^settings:|read on the web|you follow/im)
    }
    const hrefs = [...rendered.html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)
    expect(new Set(hrefs)).toEqual(new Set([page, `${page}#s0`]))
  })

  it('says where the rest is when there is more than it can show', async () => {
    const days = Array.from({ length: 28 }, (_, n) => n + 1).filter((day) => day !== 13)
    const servers = Object.fromEntries(
      ['a', 'b', 'c'].map((name) => [`https://${name}.example/`, { body: feedOf(name, days) }]),
    )
    const { rendered } = await make(servers, { maxPerSource: 20, since: new Date('2026-11-01') })
    for (const part of [rendered.html, rendered.text]) {
      expect(part).toMatch(/\d+ more beside this file, in the folder “episodes”/)
    }
    const addresses = Array.from({ length: 15 }, (_, n) => `https://${n}.invalid/feed.xml`)
    const none = await make({}, { addresses })
    expect(none.rendered.html).toContain('3 more')
    expect(none.rendered.text).toContain('digest.json')
  })
})

describe('composeDigestFile', () => {
  it('names its pages in full, for a mail program has no folder to start from', async () => {
    const made = await make({ [SALT]: { body: feedOf('Salt', [12]) } })
    const raw = await composeDigestFile(made, { folder, now: NOW })
    const mail = await readMail(raw)
    expect(mail.links.length).toBeGreaterThan(1)
    const id = made.episodes[0]?.episode.id
    for (const link of mail.links) {
      expect(link).toMatch(/^file:\/\/\/.*digest%20&%20\w+\/episodes\/[0-9a-f-]{36}\.html(#s\d+)?$/)
    }
    expect(mail.text).toMatch(new RegExp(`^\\s*file:///.*/episodes/${id}\\.html`, 'm'))
    expect(mail.text).not.toMatch(/^\s*episodes\//m)
    const again = await composeDigestFile(made, { folder, now: NOW })
    expect(Buffer.from(again).equals(Buffer.from(raw))).toBe(true)
  })
})

describe('checkSource', () => {
  it('reads files for commands and never for the web', async () => {
    const path = join(folder, 'feed.xml')
    await writeFile(path, feedOf('Salt', [12]))
    const { fetch } = means({})
    const asked = { fetch, now: NOW }
    expect(await checkSource({ ...asked, readsFiles: true }, path)).toMatchObject({
      ...{ found: true, title: 'Salt', url: expect.stringMatching(/^file:/) },
    })
    for (const address of [path, `file://${path}`]) {
      expect(await checkSource(asked, address)).toMatchObject({ found: false })
    }
  })

  it.each([
    ['salt.example/feed.xml'],
    [` ${SALT} `],
    ['http://www.salt.example/feed.xml'],
    ['feed://salt.example/feed.xml'],
  ])('takes %j as a person types it', async (address) => {
    const body = feedOf('Salt', [12])
    const { fetch } = means({
      [SALT]: { body },
      'http://salt.example/feed.xml': { body },
      'http://www.salt.example/feed.xml': { body },
      'https://www.salt.example/feed.xml': { body },
    })
    expect(await checkSource({ fetch, now: NOW }, address)).toMatchObject({ title: 'Salt' })
  })

  it.each([['', 'podcast', 'ftp://x.example/', 'javascript:alert(1)']].flat())(
    'says in a sentence why %j is none',
    async (address) => {
      const answer = await checkSource({ fetch: means({}).fetch, now: NOW }, address)
      expect(answer).toMatchObject({ found: false, reason: expect.stringMatching(/[.!?]$/) })
    },
  )
})

describe('summariseText', () => {
  const SRT = '1\n00:00:01,000 --> 00:00:04,000\nThe wall costs more each year.\n'
  const asked = (from: SummariseRequest['from'], change: Partial<SummariseRequest> = {}) => ({
    ...{ from, title: null, show: null, notesFile: null, persons: [], published: null },
    ...change,
  })
  const run = (request: SummariseRequest, servers: Record<string, FakeServer> = {}) => {
    const { providers: _, ...deps } = means(servers)
    return summariseText(deps, request)
  }

  it('reads a file, with notes and names', async () => {
    const [path, notesFile] = [join(folder, 'talk.srt'), join(folder, 'notes.html')]
    await writeFile(path, SRT)
    await writeFile(notesFile, '<p>About the wall.</p>')
    const read = await run(
      asked({ address: path }, { notesFile, persons: ['Ines Moor'], show: 'S' }),
    )
    expect(read.episode).toMatchObject({
      ...{ title: 'talk', durationSeconds: 4, notes: { text: 'About the wall.' } },
      persons: [{ name: 'Ines Moor', role: null }],
    })
    expect(read.transcript).toMatchObject({ origin: 'publisher', segments: [{ start: 1, end: 4 }] })
  })

  it('reads an address, and text that came in by a pipe', async () => {
    const url = 'https://x.example/a/talk.vtt'
    const vtt = 'WEBVTT\n\n00:01.000 --> 00:04.000\nThe wall.\n'
    const read = await run(asked({ address: url }), { [url]: { body: vtt } })
    expect(read.episode.title).toBe('talk')
    const piped = await run(asked({ text: 'A first word.\n\nA second word.' }, { title: 'T' }))
    expect(piped.transcript).toMatchObject({ origin: 'text', segments: [{}, {}] })
    expect(piped.episode).toMatchObject({ title: 'T', durationSeconds: null })
  })

  it.each([
    ['a file that is not there', { address: '/nowhere/talk.srt' }, 'file-not-readable'],
    ['a folder', { address: '/' }, 'file-not-readable'],
    ['no words', { text: '  \n' }, 'not-a-transcript'],
    ['an address that is not there', { address: 'https://x.example/404' }, 'not-a-transcript'],
    ['a host that nobody has', { address: 'https://nobody.invalid/a.srt' }, 'dns-failed'],
  ])('refuses %s with its reason', async (_what, from, code) => {
    const servers = { 'https://x.example/404': { status: 404 } }
    await expect(run(asked(from as SummariseRequest['from']), servers)).rejects.toMatchObject({
      ...{ code, message: expect.stringMatching(/[.!?]$/) },
    })
  })

  it('refuses notes that cannot be read', async () => {
    const request = asked({ text: 'A word.' }, { notesFile: '/nowhere/notes.html' })
    await expect(run(request)).rejects.toMatchObject({ code: 'file-not-readable' })
  })
})
