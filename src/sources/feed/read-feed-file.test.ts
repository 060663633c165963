import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readFeedFile } from './read-feed-file.ts'

const now = new Date('2026-11-23T12:00:00Z')
const BODY =
  '<rss><channel><title>Salt</title><item><guid>1</guid><title>Caf\u00e9</title><enclosure url="1.mp3" type="audio/mpeg"/></item></channel></rss>'
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'feed-file-'))
  await writeFile(join(folder, 'a feed.xml'), BODY)
  await writeFile(join(folder, 'page.html'), '<html></html>')
  await writeFile(join(folder, 'large.xml'), 'x'.repeat(2000))
})
afterAll(() => rm(folder, { recursive: true }))

describe('readFeedFile', () => {
  it('reads a path and a file: URL alike, following no file from it', async () => {
    const path = join(folder, 'a feed.xml')
    const byPath = await readFeedFile(path, { now })
    expect(byPath.feed).toMatchObject({
      title: 'Salt',
      episodes: [{ guid: '1', title: 'Café', enclosures: [] }],
    })
    expect(await readFeedFile(pathToFileURL(path).href, { now })).toEqual(byPath)
    expect(byPath.bodyHash).toMatch(/^[0-9a-f]{64}$/)
  })

  it('says what is wrong with a file', async () => {
    const read = (name: string) => readFeedFile(join(folder, name), { now, maxBytes: 1000 })
    await expect(read('none.xml')).rejects.toMatchObject({
      code: 'feed-file-missing',
      message: `There is no file ${join(folder, 'none.xml')}. Check the path.`,
    })
    await expect(read('.')).rejects.toMatchObject({ code: 'feed-file-unreadable' })
    await expect(read('large.xml')).rejects.toMatchObject({ code: 'feed-too-large' })
    await expect(read('page.html')).rejects.toMatchObject({ code: 'feed-is-html' })
  })
})
