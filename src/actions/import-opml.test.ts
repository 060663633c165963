import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../tests/ground/create-test-database.ts'
import { PUBLIC } from '../model/audience.ts'
import type { Reader } from '../model/reader.ts'
import { newId } from '../platform/ids.ts'
import { saveExampleReader, saveExampleSource } from '../store/example-rows.ts'
import { listFollowedSources } from '../store/followed-sources.ts'
import { exportOpml } from './export-opml.ts'
import { importOpml, importOpmlFile } from './import-opml.ts'

const now = new Date('2026-11-23T12:00:00Z')
const opml = (urls: string[]) =>
  `<opml><body>${urls.map((url, n) => `<outline title="T${n}" xmlUrl="${url}"/>`).join('')}</body></opml>`

let database: TestDatabase
let reader: Reader
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database[Symbol.asyncDispose]())
beforeEach(async () => {
  await database.db.deleteFrom('sources').execute()
  reader = await saveExampleReader(database.db)
})

const deps = () => ({ db: database.db, clock: { now: () => now }, newId })
const run = (urls: string[]) => importOpml(deps(), { readerId: reader.id, text: opml(urls) })
const followed = () => listFollowedSources(database.db, reader.id)

describe('importOpml', () => {
  it('tells of each feed what became of it, and follows those it can without going out', async () => {
    await saveExampleSource(database.db, { url: 'https://known.example/feed', title: 'K' }, [
      reader,
    ])
    await saveExampleSource(database.db, { url: 'https://others.example/feed', title: 'O' })
    const { outlines, leftOut } = await run([
      'https://new.example/feed',
      'http://www.known.example/feed/',
      'https://others.example/feed',
      'http://new.example/feed/?utm_source=x',
      'javascript:alert(1)',
      'https://ada:pw@paid.example/feed',
    ])
    expect(leftOut).toBe(0)
    expect(outlines.map(({ result, reason }) => [result, reason])).toEqual([
      ['added', null],
      ['already followed', 'You follow it already.'],
      ['added', null],
      ['already followed', 'It is in this list more than once.'],
      ['refused', expect.stringContaining('is not a web address')],
      ['added', null],
    ])
    expect(outlines.at(-1)?.shownUrl).toBe('https://paid.example/feed')
    const sources = await followed()
    expect(sources.map(({ url }) => url).toSorted()).toEqual([
      'https://ada:pw@paid.example/feed',
      'https://known.example/feed',
      'https://new.example/feed',
      'https://others.example/feed',
    ])
    const added = sources.find(({ url }) => url.startsWith('https://new'))
    expect(added).toMatchObject({ state: 'new', nextCheckAt: now, title: 'T0', audience: PUBLIC })
    const paid = sources.find(({ url }) => url.includes('paid'))
    expect(paid?.audience).toEqual({ kind: 'readers', readerIds: [reader.id] })
  })

  it('twice is once', async () => {
    const urls = ['https://a.example/feed', 'https://a.example/private/q8Zk3Qp9Xv7LmT2aRw']
    await run(urls)
    const again = await run(urls)
    expect(again.outlines.map(({ result }) => result)).toEqual([
      'already followed',
      'already followed',
    ])
    expect(await followed()).toHaveLength(2)
  })

  it('shares a private feed with the next who has its address', async () => {
    const url = 'https://a.example/private/q8Zk3Qp9Xv7LmT2aRw'
    await run([url])
    const other = await saveExampleReader(database.db)
    await importOpml(deps(), { readerId: other.id, text: opml([url]) })
    const [mine] = await followed()
    expect(mine?.audience).toEqual({ kind: 'readers', readerIds: [reader.id, other.id] })
  })

  it('takes five thousand of ten thousand and spreads their first checks', async () => {
    const { outlines, leftOut } = await run(
      Array.from({ length: 10_000 }, (_, n) => `https://host${n % 4000}.example/${n}`),
    )
    expect([outlines.length, leftOut]).toEqual([5_000, 5_000])
    const sources = await followed()
    expect(sources).toHaveLength(5_000)
    const times = sources.map(({ nextCheckAt }) => Number(nextCheckAt) - now.getTime())
    expect(new Set(times).size).toBe(5_000)
    expect(Math.max(...times)).toBe(4_999_000)
  }, 60_000)

  it('follows none when it breaks off in the middle', async () => {
    let made = 0
    const breaking = () => {
      made += 1
      if (made === 3) throw new Error('power cut')
      return newId()
    }
    const urls = ['https://a.example/1', 'https://a.example/2', 'https://a.example/3']
    const broken = importOpml(
      { ...deps(), newId: breaking },
      { readerId: reader.id, text: opml(urls) },
    )
    await expect(broken).rejects.toThrow('power cut')
    // The ids of the subscriptions come after the sources are saved.
    made = -3
    const later = importOpml(
      { ...deps(), newId: breaking },
      { readerId: reader.id, text: opml(urls) },
    )
    await expect(later).rejects.toThrow('power cut')
    expect(await database.db.selectFrom('sources').selectAll().execute()).toEqual([])
  })

  it('reads a file, and says when it cannot', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'mc-opml-'))
    try {
      writeFileSync(join(dir, 'a.opml'), opml(['https://a.example/1']))
      const report = await importOpmlFile(deps(), {
        readerId: reader.id,
        file: join(dir, 'a.opml'),
      })
      expect(report.outlines).toMatchObject([{ result: 'added' }])
      const missing = importOpmlFile(deps(), { readerId: reader.id, file: join(dir, 'b.opml') })
      await expect(missing).rejects.toMatchObject({ code: 'opml-file-unreadable' })
    } finally {
      rmSync(dir, { recursive: true })
    }
  })
})

describe('exportOpml', () => {
  it('gives back what was imported, without private addresses', async () => {
    await run([
      'https://a.example/feed',
      'https://ada:pw@paid.example/feed',
      'https://b.example/f?token=x1',
    ])
    const text = await exportOpml(deps(), reader.id)
    expect(text).toContain('xmlUrl="https://a.example/feed"')
    expect(text.match(/<outline/g)).toHaveLength(3)
    expect(text).not.toMatch(/paid\.example|pw|token|b\.example/)
  })
})
