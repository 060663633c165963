import { describe, expect, it } from 'vitest'
import { layOutEpisode } from './strip.ts'
import type { Summary } from './summary.ts'
import { noUsage } from './usage.ts'

const SUMMARY: Summary = {
  schemaVersion: 1,
  title: '',
  show: '',
  publishedAt: null,
  durationSeconds: 200,
  language: 'en',
  transcriptOrigin: 'publisher',
  tier: 'embedded',
  badges: [],
  description: '',
  evidence: [],
  paragraphs: [],
  insights: [],
  disagreements: [],
  chapters: [
    { title: 'One', start: 0, end: 100, origin: 'notes' },
    { title: 'Two', start: 100, end: 200, origin: 'notes' },
  ],
  topics: [],
  people: [],
  speakers: [{ label: 'A', name: 'Ada', share: 1 }],
  links: [],
  names: [],
  ads: [{ start: 50, end: 60 }],
  coverage: { wordsIn: 0, wordsOut: 0, minutesCited: [1] },
  checks: { claims: 0, passed: 0, quoted: 0, dropped: [] },
  usage: noUsage(0),
}

describe('layOutEpisode', () => {
  it('gives shares of the length, and joins turns that touch', () => {
    const segments = [
      { start: 0, end: 20, speaker: 'A', text: 'a' },
      { start: 20, end: 40, speaker: 'A', text: 'b' },
      { start: 100, end: 120, speaker: 'A', text: 'c' },
    ]
    const strip = layOutEpisode(SUMMARY, segments)
    expect(strip.chapters).toEqual([
      { title: 'One', from: 0, to: 0.5 },
      { title: 'Two', from: 0.5, to: 1 },
    ])
    expect(strip.ads).toEqual([{ from: 0.25, to: 0.3 }])
    expect(strip.cited).toEqual([{ from: 0.3, to: 0.6 }])
    expect(strip.speakers[0]?.spans).toEqual([
      { from: 0, to: 0.2 },
      { from: 0.5, to: 0.6 },
    ])
  })

  it('counts paragraphs in text', () => {
    const text = { ...SUMMARY, transcriptOrigin: 'text' as const, chapters: [], ads: [] }
    const segments = [0, 1, 2, 3].map((at) => ({ start: at, end: at, speaker: null, text: 'x' }))
    expect(layOutEpisode(text, segments)).toMatchObject({
      length: 4,
      cited: [{ from: 0.25, to: 0.5 }],
    })
  })
})
