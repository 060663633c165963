import { beforeAll, describe, expect, it } from 'vitest'
import type { ReadEpisode } from '../actions/read-episode.ts'
import type { SummariseRequest } from '../actions/summarise-text.ts'
import { summarySchema } from '../model/summary.ts'
import { readExampleEpisode } from './example-read.ts'
import { type FakeParts, runFakeCli } from './fake-builders.ts'

let read: ReadEpisode
beforeAll(async () => {
  read = await readExampleEpisode()
})

describe('summarise', () => {
  const asked: SummariseRequest[] = []
  const parts: FakeParts = {
    outside: {
      summariseText: async (request) => {
        asked.push(request)
        return read
      },
      renderEpisodeFile: async (page) => `<!doctype html><title>${page.title}</title>`,
    },
  }

  it('gives JSON that is a summary', async () => {
    const { code, out } = await runFakeCli(['summarise', 'talk.srt', '--json'], parts)
    expect(code).toBe(0)
    expect(summarySchema.parse(JSON.parse(out))).toEqual(read.summary)
  })

  it('gives Markdown unless asked otherwise, with who said it and when', async () => {
    const { out } = await runFakeCli(['summarise', 'talk.srt'], parts)
    expect(out).toMatch(/^# The wall\n/)
    expect(out).toContain('Harbour Light · Interview · 2026-11-20')
    expect(out).toContain('“The wall costs more each year.” (Ines Moor, 00:00)')
    expect(out).toContain('walls · water')
    expect(out).not.toMatch(/## Chapters|undefined|null/)
  })

  it('gives a page', async () => {
    const { out } = await runFakeCli(['summarise', 'talk.srt', '--html'], parts)
    expect(out).toBe('<!doctype html><title>The wall</title>\n')
  })

  it('hands on all that it was told', async () => {
    const names = ['--person', 'Ines', '--person', 'Jon', '--published', '2026-11-20']
    await runFakeCli(['summarise', 'https://x.example/a.srt', '--title', 'T', ...names], parts)
    expect(asked.at(-1)).toEqual({
      ...{ from: { address: 'https://x.example/a.srt' }, title: 'T', show: null },
      ...{ notesFile: null, persons: ['Ines', 'Jon'], published: new Date('2026-11-20') },
    })
  })

  it('shows what it does to a person who watches, and to nobody else', async () => {
    expect((await runFakeCli(['summarise', 'talk.srt'], parts)).err).toBe('')
    expect((await runFakeCli(['summarise', 'talk.srt'], parts, { watched: true })).err).toContain(
      'Summ',
    )
  })
})
