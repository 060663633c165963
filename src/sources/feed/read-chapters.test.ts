import { describe, expect, it } from 'vitest'
import { createFakeGuardedFetch } from '../../platform/http/fake-guarded-fetch.ts'
import { findChapters, parseChapters, readChapters } from './read-chapters.ts'

const URL = 'https://show.example/chapters.json'

describe('parseChapters', () => {
  it('gives titled chapters in order of time', () => {
    const text = JSON.stringify({
      version: '1.2.0',
      chapters: [
        { startTime: 65, title: ' The  wall ' },
        { startTime: 0, title: 'Hello' },
        { startTime: 30, title: 'A picture', toc: false },
        { startTime: 40 },
        { startTime: -1, title: 'Before the start' },
        { startTime: 'soon', title: 'No time' },
        'nonsense',
      ],
    })
    expect(parseChapters(text, URL)).toEqual([
      { title: 'Hello', start: 0 },
      { title: 'The wall', start: 65 },
    ])
  })

  it.each([['<html>'], ['[]'], ['{"chapters": 7}'], ['']])('refuses %s', (text) => {
    expect(() => parseChapters(text, URL)).toThrow(/show\.example\/chapters\.json/)
  })
})

describe('readChapters', () => {
  it('reads the file', async () => {
    const fetch = createFakeGuardedFetch({
      [URL]: { body: '{"chapters": [{"startTime": 1.5, "title": "One"}]}' },
    })
    expect(await readChapters({ url: URL, fetch })).toEqual([{ title: 'One', start: 1.5 }])
  })

  it('says when it is not there', async () => {
    const fetch = createFakeGuardedFetch({ [URL]: { status: 404 } })
    await expect(readChapters({ url: URL, fetch })).rejects.toMatchObject({
      code: 'chapters-not-readable',
      blame: 'outside',
    })
  })

  it('is no loss when it cannot be had', async () => {
    const fetch = createFakeGuardedFetch({ [URL]: { status: 404 } })
    expect(await findChapters({ url: URL, fetch })).toEqual([])
    expect(await findChapters({ url: null, fetch })).toEqual([])
  })
})
