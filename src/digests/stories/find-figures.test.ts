import { describe, expect, it } from 'vitest'
import { findFigures } from './find-figures.ts'

const read = (text: string) =>
  findFigures([{ text, speaker: null, start: 0, isQuestion: text.endsWith('?') }])

describe('findFigures', () => {
  it.each([
    ['The barrier will cost 340 million crowns to build.', 340e6, 'crown'],
    ['It cost $3.2 billion.', 3.2e9, '$'],
    ['It cost €1,250,000 in all.', 1_250_000, '€'],
    ['They raised £40m for it.', 40e6, '£'],
    ['Prices rose by 4.25 per cent.', 4.25, '%'],
    ['Prices rose by 12%.', 12, '%'],
    ['It takes sixty-four boreholes to be sure.', 64, 'borehol'],
    ['They drilled fifty boreholes.', 50, 'borehol'],
    ['Running it costs 6 million crowns a year.', 6e6, 'crown/year'],
    ['It flooded 1,140 homes.', 1140, 'home'],
  ])('%s', (text, value, unit) => {
    expect(read(text)).toMatchObject([{ value, unit }])
  })

  it.each([
    ['a question', 'Will it cost 340 million crowns?'],
    ['two figures in one unit', 'It went from 340 million crowns to 410 million crowns.'],
    ['a year', 'It opened in 1998.'],
    ['a number without a unit', 'I counted to 40.'],
    ['hundreds with a rest', 'They bought two hundred and twelve houses.'],
    ['no number', 'It will cost a great deal of money.'],
    ['a very long sentence', `It cost 5 crowns ${'and so on '.repeat(40)}.`],
  ])('leaves out %s', (_name, text) => {
    expect(read(text)).toEqual([])
  })

  it('says what is measured, frames it, and marks what is passed on', () => {
    expect(read('The Narrows Barrier will cost 340 million crowns to build.')).toMatchObject([
      {
        measure: ['narrow', 'barrier', 'cost', 'build'],
        frame: 'The Narrows Barrier will cost … crowns to build.',
        unitShown: 'crowns',
        isReported: false,
      },
    ])
    expect(read('She says it will cost 340 million crowns.')).toMatchObject([{ isReported: true }])
  })

  it('takes linear time on hostile numbers', () => {
    const started = performance.now()
    read(`${'1,111,'.repeat(45)} x`)
    for (const text of ['9'.repeat(290), 'one '.repeat(70), '1 000 '.repeat(45)]) read(text)
    expect(performance.now() - started).toBeLessThan(100)
  })
})
