import type { CleanNotes, GivenChapter } from '../model/episode.ts'
import type { Evidence, Summary } from '../model/summary.ts'
import type { Segment } from '../model/transcript.ts'
import { noUsage } from '../model/usage.ts'

/** A made-up conversation between made-up people, as a publisher's transcript would have it. */
const LINES: readonly (readonly [start: number, speaker: string, text: string])[] = [
  [0, 'Mara Lindgren', 'Welcome to The Slow Lane, the show about getting there later and better.'],
  [
    6,
    'Mara Lindgren',
    'My guest today has spent nine years buying railway carriages that nobody else wanted.',
  ],
  [
    13,
    'Mara Lindgren',
    'Tobias Achterberg runs Nachtlijn, a night-train company with forty-one sleepers and, as of this spring, no debt.',
  ],
  [23, 'Mara Lindgren', 'Tobias, hello.'],
  [
    25,
    'Tobias Achterberg',
    'Hello, Mara. I should say the forty-one includes two that are at the paint shop.',
  ],
  [31, 'Mara Lindgren', 'Let us start with the thing everybody asks. Why did the night train die?'],
  [
    38,
    'Tobias Achterberg',
    'It did not die of a lack of passengers. In the last full year before the cuts the trains between the three capitals ran eighty-one per cent full.',
  ],
  [
    52,
    'Tobias Achterberg',
    'They died because a carriage that is used once a night has to earn in eight hours what a day train earns in sixteen.',
  ],
  [64, 'Mara Lindgren', 'So it is a question of arithmetic.'],
  [
    67,
    'Tobias Achterberg',
    'It is a question of who pays for the empty rails. Track charges at night are, in most countries, the same as at noon. That is the whole scandal in one sentence.',
  ],
  [
    84,
    'Mara Lindgren',
    'This episode is brought to you by Kettle and Fern, who make soup that travels.',
  ],
  [
    112,
    'Mara Lindgren',
    'Back to the rails. You said once that a sleeper costs less than a hotel. Is that still true?',
  ],
  [
    120,
    'Tobias Achterberg',
    'A berth with us is sixty-nine euros on average. A room in the same three cities was a hundred and forty-two this summer.',
  ],
  [133, 'Tobias Achterberg', 'And you arrive in the middle of the town, with your shoes on.'],
  [139, 'Ines Valcourt', 'Can I come in here? I am the economist, so I get to spoil it.'],
  [145, 'Mara Lindgren', 'Ines Valcourt, who writes our numbers. Go on.'],
  [
    150,
    'Ines Valcourt',
    'Sixty-nine is the average of what people paid. It leaves out the subsidy, which was nineteen euros a berth last year.',
  ],
  [
    162,
    'Ines Valcourt',
    'I think night trains are a luxury that we have decided to call climate policy.',
  ],
  [
    170,
    'Tobias Achterberg',
    'I think that is unfair, and I think Ines knows it. Aviation fuel is not taxed at all. Put the same tax on both and my berth is the cheap one.',
  ],
  [
    186,
    'Ines Valcourt',
    'On the short routes, yes. Beyond nine hundred kilometres the aeroplane wins again even with the tax.',
  ],
  [197, 'Mara Lindgren', 'Where does nine hundred come from?'],
  [
    200,
    'Ines Valcourt',
    'From our own model. It is in the show notes. Change the price of a berth by ten euros and the line moves by about a hundred kilometres.',
  ],
  [214, 'Mara Lindgren', 'Let us talk about carriages. You cannot simply order one, can you?'],
  [
    220,
    'Tobias Achterberg',
    'You can order one, and you will have it in six years. A new sleeper is two point three million. We buy from the seventies and rebuild for four hundred thousand.',
  ],
  [
    238,
    'Tobias Achterberg',
    'The frames are better than anything made since. It is the wiring that kills you.',
  ],
  [246, 'Mara Lindgren', 'And the beds?'],
  [248, 'Tobias Achterberg', 'The beds are new. Nobody wants a bed from the seventies.'],
  [
    254,
    'Mara Lindgren',
    'What would you ask of a minister, if you had one in the carriage for a night?',
  ],
  [
    262,
    'Tobias Achterberg',
    'One thing. Charge for the track by how much anybody else wants it. At three in the morning that is nothing.',
  ],
  [
    273,
    'Ines Valcourt',
    'On that we agree. It would cost the state close to nothing, because those rails are empty.',
  ],
  [282, 'Mara Lindgren', 'How many people will take a night train in Europe in 2035?'],
  [
    288,
    'Tobias Achterberg',
    'Twelve million. It is five now. I will come back and eat my hat if it is not.',
  ],
  [297, 'Ines Valcourt', 'Seven, and only if the track charges change.'],
  [303, 'Mara Lindgren', 'We shall keep the tape. Thank you both.'],
  [307, 'Tobias Achterberg', 'Thank you. Sleep well.'],
]

/** Real episodes are longer: the conversation's seconds are stretched to forty-one minutes. */
const STRETCH = 7.9

export const FAKE_SECONDS = 2466

export const FAKE_SEGMENTS: Segment[] = LINES.map(([start, speaker, text], index) => ({
  start: Math.round(start * STRETCH),
  end: Math.round((LINES[index + 1]?.[0] ?? FAKE_SECONDS / STRETCH) * STRETCH),
  speaker,
  text,
}))

export const FAKE_CHAPTERS: GivenChapter[] = [
  { title: 'Nine years of buying carriages', start: 0 },
  { title: 'Why the night train nearly died', start: 245 },
  { title: 'Sixty-nine euros and a bed', start: 885 },
  { title: 'The economist spoils it', start: 1098 },
  { title: 'Where sleepers come from', start: 1691 },
  { title: 'What to ask of a minister', start: 2007 },
]

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

const sentence = (text: string, ...evidenceIds: string[]) => ({ text, evidenceIds })

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
    {
      sentences: [
        sentence(
          'The trains between the three capitals ran 81 per cent full in the last full year before the cuts.',
          'e1',
        ),
        sentence(
          'Tobias Achterberg says they died because a sleeper has eight hours to earn what a day train earns in sixteen, while track charges at night are the same as at noon.',
          'e2',
          'e3',
        ),
      ],
    },
    {
      sentences: [
        sentence(
          'A berth costs 69 euros on average, against 142 for a room in the same cities this summer.',
          'e4',
        ),
        sentence(
          'Ines Valcourt adds the subsidy, 19 euros a berth, and puts the line at which flying wins at 900 kilometres.',
          'e5',
          'e8',
        ),
      ],
    },
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
<ul><li>(0:00) Nine years of buying carriages</li><li>(4:05) Why the night train nearly died</li><li>(14:45) Sixty-nine euros and a bed</li><li>(18:18) The economist spoils it</li><li>(28:11) Where sleepers come from</li><li>(33:27) What to ask of a minister</li></ul>
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
