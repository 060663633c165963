import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isWorthDrawing, layOutStrip, STRIP_WIDTH } from './strip-geometry.ts'

const nothing = {
  chapters: [],
  segments: [],
  unit: 'time',
  durationSeconds: null,
  summary: null,
} as const
const said = (start: number, end: number, speaker: string | null) => ({
  start,
  end,
  speaker,
  text: 'word',
})

describe('the strip', () => {
  it('scales chapters, turns, advertising and cited minutes to one width', () => {
    const strip = layOutStrip({
      summary: {
        ads: [{ start: 500, end: 600 }],
        coverage: { wordsIn: 1, wordsOut: 1, minutesCited: [0, 9, 99] },
        speakers: [{ label: 'S1', name: 'Ada Example', share: 0.7 }],
      },
      chapters: [
        { title: 'One', start: 0, end: 250 },
        { title: 'Two', start: 250, end: 1000 },
      ],
      segments: [said(0, 100, 'S1'), said(100, 400, 'S1'), said(400, 500, 'S2')],
      unit: 'time',
      durationSeconds: 1000,
    })
    expect(strip.length).toBe(1000)
    expect(strip.chapters.map(({ x, width }) => [x, width])).toEqual([
      [0, 250],
      [250, 750],
    ])
    expect(strip.ads).toEqual([{ x: 500, width: 100 }])
    expect(strip.cited).toEqual([
      { x: 0, width: 60 },
      { x: 540, width: 60 },
    ])
    expect(strip.voices).toEqual([
      { label: 'Ada Example', share: 0.7, bars: [{ x: 0, width: 400 }] },
      { label: 'S2', share: null, bars: [{ x: 400, width: 100 }] },
    ])
    expect(isWorthDrawing(strip)).toBe(true)
  })

  it('is not drawn when there is nothing to see', () => {
    expect(isWorthDrawing(layOutStrip(nothing))).toBe(false)
    expect(isWorthDrawing(layOutStrip({ ...nothing, segments: [said(0, 9, null)] }))).toBe(false)
  })

  it('never draws outside of its width, whatever the times', () => {
    const time = fc.double({ min: 0, max: 1e6, noNaN: true })
    const spans = fc.array(
      fc.record({ start: time, end: time, speaker: fc.constantFrom('A', 'B', null) }),
    )
    fc.assert(
      fc.property(spans, fc.option(time), (segments, durationSeconds) => {
        const strip = layOutStrip({
          ...nothing,
          durationSeconds,
          segments: segments.map((span) => ({ ...span, text: 'x' })),
          chapters: segments.map((span) => ({ ...span, title: 'x' })),
        })
        const bars = [...strip.chapters, ...strip.voices.flatMap((voice) => voice.bars)]
        for (const { x, width } of bars) {
          expect(x).toBeGreaterThanOrEqual(0)
          expect(width).toBeGreaterThan(0)
          expect(x + width).toBeLessThanOrEqual(STRIP_WIDTH + 1.1)
        }
      }),
      { numRuns: 200 },
    )
  })
})
