import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFakeGuardedFetch } from '../platform/http/fake-guarded-fetch.ts'
import { openSampleLibrary, type SampleLibrary } from './sample-library.ts'
import { shiftDates } from './shift-dates.ts'

let dir: string
let library: SampleLibrary
beforeAll(async () => {
  const home = await mkdtemp(join(tmpdir(), 'mc-samples-'))
  dir = join(home, 'samples')
  await mkdir(join(dir, 'show'), { recursive: true })
  await writeFile(join(home, 'secret.xml'), 'secret')
  await symlink(join(home, 'secret.xml'), join(dir, 'show', 'link.xml'))
  await writeFile(join(dir, 'show', 'feed.xml'), '<pubDate>Fri, 20 Nov 2026 05:00:00 GMT</pubDate>')
  await writeFile(join(dir, 'show', 'cover.svg'), '<svg/>')
  await writeFile(
    join(dir, 'library.json'),
    JSON.stringify({
      referenceDate: '2026-11-23T06:00:00Z',
      sources: [
        {
          slug: 'show',
          kind: 'podcast',
          title: 'Show',
          description: 'A show.',
          feed: 'show/feed.xml',
        },
        { slug: 'letter', kind: 'newsletter', title: 'Letter', description: 'A letter.' },
      ],
    }),
  )
  library = await openSampleLibrary({
    dir,
    now: () => new Date('2027-03-02T09:00:00Z'),
    next: createFakeGuardedFetch({ 'https://a.example/': { body: 'from outside' } }),
  })
})
afterAll(() => rm(join(dir, '..'), { recursive: true, force: true }))

const text = async (url: string): Promise<string> =>
  Buffer.from(await (await library.fetch({ url })).read()).toString()

describe('the sample library', () => {
  it('lists the shows that can be followed', () => {
    expect(library.sources).toEqual([
      { title: 'Show', description: 'A show.', feedUrl: 'sample:show/feed.xml' },
    ])
  })

  it('tells its dates as if its reference date were today', async () => {
    expect(await text('sample:show/feed.xml')).toBe(
      '<pubDate>Sat, 27 Feb 2027 05:00:00 GMT</pubDate>',
    )
  })

  it('hands every other address on', async () => {
    expect(await text('https://a.example/')).toBe('from outside')
  })

  it.each([
    ['climbs out', 'show/../../secret.xml'],
    ['follows a link out', 'show/link.xml'],
    ['is not there', 'show/none.xml'],
    ['is of no known type', 'library.exe'],
    ['has a NUL in it', 'show/\0feed.xml'],
  ])('has no file that %s', async (_, path) => {
    expect(await library.findFile(path)).toBeUndefined()
    await expect(library.fetch({ url: `sample:${path}` })).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  it('finds a file with its type', async () => {
    expect(await library.findFile('show/cover.svg')).toMatchObject({ type: 'image/svg+xml' })
  })
})

describe('shiftDates', () => {
  it.each([
    [
      '<published>2026-11-20T05:00:00Z</published>',
      2,
      '<published>2026-11-22T05:00:00.000Z</published>',
    ],
    ['<pubDate>soon</pubDate>', 2, '<pubDate>soon</pubDate>'],
    ['<title>20 Nov 2026</title>', 2, '<title>20 Nov 2026</title>'],
    [
      '<pubDate>Fri, 20 Nov 2026 05:00:00 GMT</pubDate>',
      -1,
      '<pubDate>Thu, 19 Nov 2026 05:00:00 GMT</pubDate>',
    ],
  ])('%s by %i days', (xml, days, expected) => {
    expect(shiftDates(xml, days)).toBe(expected)
  })
})
