import type { Segment } from '../../model/transcript.ts'
import type { EpisodeCard } from '../../store/views/episode-card.ts'

export const DESIGN_TIME = new Date('2026-11-23T06:00:00Z')

/** An item of a show that does not exist. */
export const DESIGN_CARD: EpisodeCard = {
  id: '01900000-0000-7000-8000-000000000001',
  source: {
    id: '01900000-0000-7000-8000-000000000002',
    title: 'The Slow Lane',
    kind: 'podcast',
    siteUrl: null,
    image: null,
  },
  title: 'The night train that paid for itself',
  publishedAt: DESIGN_TIME,
  durationSeconds: 2466,
  readingMinutes: 3,
  badges: ['Interview'],
  description: 'What a night in a berth really costs, and who pays for it.',
  moments: [
    {
      quote: 'Nobody wants a bed from the seventies.',
      speaker: 'Tobias Achterberg',
      unit: 'time',
      start: 1959,
    },
  ],
}

export const DESIGN_CHAPTERS = [
  { title: 'Opening', start: 0, end: 150 },
  { title: 'Middle', start: 150, end: 420 },
  { title: 'End', start: 420, end: 600 },
]

export const DESIGN_SEGMENTS: Segment[] = [
  { start: 0, end: 200, speaker: 'Mara Lindgren', text: 'Why did the night train die?' },
  { start: 260, end: 380, speaker: 'Tobias Achterberg', text: 'It did not.' },
  { start: 380, end: 430, speaker: 'Tobias Achterberg', text: 'It ran eighty-one per cent full.' },
  { start: 430, end: 600, speaker: 'Mara Lindgren', text: 'So it is a question of arithmetic.' },
]
