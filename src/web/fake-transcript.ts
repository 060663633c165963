import type { GivenChapter } from '../model/episode.ts'
import type { Segment } from '../model/transcript.ts'

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
