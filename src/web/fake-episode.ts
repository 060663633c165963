import type { CleanNotes } from '../model/episode.ts'
import type { Evidence, Summary } from '../model/summary.ts'
import { noUsage } from '../model/usage.ts'
import { FAKE_CHAPTERS, FAKE_SECONDS, FAKE_SEGMENTS } from './fake-transcript.ts'

/** The evidence for a line, found by its first words. */
function cite(id: string, opening: string): Evidence {
  const segment = FAKE_SEGMENTS.find(({ text }) => text.startsWith(opening))
  if (segment === undefined) throw new Error(`no line starts with "${opening}"`)
  const { start, end, speaker, text } = segment
  return { id, unit: 'time', start, end, speaker, quote: text }
}

const EVIDENCE = [
  cite('e1', 'It did not die'),
  cite('e2', 'They died because'),
  cite('e3', 'It is a question of who'),
  cite('e4', 'A berth with us'),
  cite('e5', 'Sixty-nine is the average'),
  cite('e6', 'I think night trains'),
  cite('e7', 'I think that is unfair'),
  cite('e8', 'On the short routes'),
  cite('e9', 'You can order one'),
  cite('e10', 'One thing.'),
  cite('e11', 'On that we agree'),
  cite('e12', 'Twelve million'),
  cite('e13', 'Seven, and only'),
]

const INSIGHTS: readonly (readonly [string, string, Summary['insights'][number]['stance']])[] = [
  ['e3', 'Track charges at night', 'fact'],
  ['e4', 'A berth against a room', 'fact'],
  ['e6', 'Luxury or climate policy', 'opinion'],
  ['e9', 'Old frames, new beds', 'fact'],
  ['e10', 'One thing to ask for', 'opinion'],
  ['e12', 'Twelve million by 2035', 'forecast'],
]

function insightOf([id, label, stance]: (typeof INSIGHTS)[number]): Summary['insights'][number] {
  const evidence = EVIDENCE.find((item) => item.id === id)
  if (evidence === undefined) throw new Error(`no evidence ${id}`)
  const { quote, speaker } = evidence
  return { id: `i${id}`, label, text: quote, speaker, stance, evidenceIds: [id], check: 'quoted' }
}

/** A sentence of the summary that is the quote itself. */
function quoted(id: string): { text: string; evidenceIds: string[] } {
  return { text: EVIDENCE.find((item) => item.id === id)?.quote ?? '', evidenceIds: [id] }
}

export const FAKE_SUMMARY: Summary = {
  schemaVersion: 1,
  title: 'The night train that paid for itself',
  show: 'The Slow Lane',
  publishedAt: '2026-11-22T05:00:00.000Z',
  durationSeconds: FAKE_SECONDS,
  language: 'en',
  transcriptOrigin: 'publisher',
  tier: 'embedded',
  badges: ['Interview', 'Discussion'],
  description:
    'Tobias Achterberg, who runs forty-one rebuilt sleepers, and the economist Ines Valcourt on what a night in a berth really costs, and who pays for it.',
  evidence: EVIDENCE,
  paragraphs: [
    { sentences: ['e1', 'e2', 'e3'].map(quoted) },
    { sentences: ['e4', 'e5', 'e8'].map(quoted) },
  ],
  insights: INSIGHTS.map(insightOf),
  disagreements: [
    {
      point: 'Is a night train climate policy or a luxury?',
      sides: [
        {
          speaker: 'Ines Valcourt',
          text: 'A luxury that we have decided to call climate policy.',
          evidenceIds: ['e6'],
        },
        {
          speaker: 'Tobias Achterberg',
          text: 'Unfair: with the same tax on both, the berth is the cheap one.',
          evidenceIds: ['e7'],
        },
      ],
    },
    {
      point: 'How many passengers in 2035?',
      sides: [
        { speaker: 'Tobias Achterberg', text: 'Twelve million.', evidenceIds: ['e12'] },
        {
          speaker: 'Ines Valcourt',
          text: 'Seven, and only if the track charges change.',
          evidenceIds: ['e13'],
        },
      ],
    },
  ],
  chapters: FAKE_CHAPTERS.map(({ title, start }, index) => ({
    title,
    start,
    end: FAKE_CHAPTERS[index + 1]?.start ?? FAKE_SECONDS,
    origin: 'notes',
  })),
  topics: ['Night trains', 'Track charges', 'Subsidies', 'Fuel tax', 'Rolling stock'],
  people: [
    { name: 'Tobias Achterberg', role: 'guest' },
    { name: 'Mara Lindgren', role: 'host' },
    { name: 'Ines Valcourt', role: 'economist' },
  ],
  speakers: [
    { label: 'Tobias Achterberg', name: 'Tobias Achterberg', share: 0.52 },
    { label: 'Mara Lindgren', name: 'Mara Lindgren', share: 0.27 },
    { label: 'Ines Valcourt', name: 'Ines Valcourt', share: 0.21 },
  ],
  links: [],
  names: [
    {
      heard: 'Nacht Line',
      shown: 'Nachtlijn',
      reason: 'It is written so in the show notes.',
      count: 3,
    },
    { heard: 'Vallcourt', shown: 'Valcourt', reason: 'The feed names her so.', count: 1 },
  ],
  ads: [{ start: 664, end: 885 }],
  coverage: {
    wordsIn: 6214,
    wordsOut: 412,
    minutesCited: [5, 6, 7, 8, 15, 16, 19, 21, 22, 24, 28, 29, 34, 35, 37, 39],
  },
  checks: {
    claims: 13,
    passed: 0,
    quoted: 13,
    dropped: [
      { text: 'I will come back and eat my hat', reason: 'It says nothing about the subject.' },
    ],
  },
  usage: noUsage(412),
}

export const FAKE_NOTES: CleanNotes = {
  html: `<p>Tobias Achterberg bought his first sleeper for the price of a used car. Nine years on, Nachtlijn has forty-one of them. With our economist Ines Valcourt we ask what a night in a berth really costs.</p>
<ul><li>(<a href="#t=0">0:00</a>) Nine years of buying carriages</li><li>(<a href="#t=245">4:05</a>) Why the night train nearly died</li><li>(<a href="#t=885">14:45</a>) Sixty-nine euros and a bed</li><li>(<a href="#t=1098">18:18</a>) The economist spoils it</li><li>(<a href="#t=1691">28:11</a>) Where sleepers come from</li><li>(<a href="#t=2007">33:27</a>) What to ask of a minister</li></ul>
<p>Ines’s model of the nine hundred kilometres is <a href="https://slowlane.example/model" rel="noopener noreferrer nofollow ugc">on our site</a>.</p>`,
  text: 'Tobias Achterberg bought his first sleeper for the price of a used car.',
  links: [
    {
      url: 'https://slowlane.example/model',
      title: 'The model of the nine hundred kilometres',
      origin: 'notes',
    },
    {
      url: 'https://nachtlijn.example/carriages',
      title: 'All forty-one carriages',
      origin: 'notes',
    },
    {
      url: 'https://www.railcharges.example/report/2026',
      title: 'Track charges in Europe, 2026',
      origin: 'notes',
    },
  ],
  chapters: FAKE_CHAPTERS,
}
