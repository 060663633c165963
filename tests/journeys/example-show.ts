/** A line of an episode as it was said. Times in seconds. */
export type Said = { start: number; end: number; speaker: string; text: string }

export type ShowEpisode = {
  guid: string
  title: string
  publishedAt: Date
  notes: string
  transcriptFormat: 'srt' | 'vtt' | 'json'
  said: Said[]
}

const SECONDS_PER_WORD = 0.4

/** Puts lines one after the other at the pace of speech; lines are `Speaker: words`. */
export function timeLines(script: string): Said[] {
  let at = 1
  const lines = script.split('\n').filter((line) => line.trim() !== '')
  return lines.map((line) => {
    const colon = line.indexOf(': ')
    const text = line.slice(colon + 2).trim()
    const start = at
    const end = start + text.split(' ').length * SECONDS_PER_WORD
    at = end + 0.25
    return { start: round(start), end: round(end), speaker: line.slice(0, colon).trim(), text }
  })
}

const round = (seconds: number): number => Math.round(seconds * 1000) / 1000

const BRIDGE = `
Ada Quill: Welcome to Workshop Hours. Today we stand under the Lowgate footbridge with the engineer who closed it.
Ada Quill: Tomas Reyl, you shut a bridge that nine thousand people walk across every day. Why?
Tomas Reyl: Because a bolt fell into the river on the fourth of March, and nobody could tell me where the bolt came from.
Tomas Reyl: A bridge of this kind has two thousand and forty bolts, and each one of them is drawn on a sheet of paper.
Tomas Reyl: When I counted them again, eleven were missing, and all eleven sat in the same joint on the eastern tower.
Ada Quill: So the joint was carrying the whole walkway with bolts that were no longer there?
Tomas Reyl: It was carrying it by friction, and friction is a loan that you have to pay back when it rains.
Tomas Reyl: The repair costs four hundred thousand crowns, which is less than one month of the ferry that replaces the bridge.
Ada Quill: The council says that it should have been found in the inspection two years ago.
Tomas Reyl: The inspection was done from a boat, and from a boat you see the underside of the walkway and nothing of the tower.
Tomas Reyl: I would have used a climber, and a climber costs six hundred crowns a day.
Ada Quill: What should other towns do that have a bridge like this one?
Tomas Reyl: Count the bolts. It sounds like a joke, but counting is the only inspection that never lies.
Tomas Reyl: The bridge opens again on the first of May, and I will be the first to walk across it.
Ada Quill: Thank you, Tomas. Next week we talk about a lighthouse that moved by itself.`

const BREAD = `
Ada Quill: This is Workshop Hours, and it is four in the morning in the bakery of Ilse Branneck.
Ilse Branneck: The oven was built in 1911 and it has never been cold since, not even on a Sunday.
Ada Quill: People say that your sourdough starter is as old as the oven. Is that true?
Ilse Branneck: It is a nice story, and it is wrong, because a starter is a new animal every three weeks.
Ilse Branneck: The yeast that lives in it today came with the flour of last month, and the flour came from a different field.
Ada Quill: Then what is it that you pass on from one baker to the next?
Ilse Branneck: You pass on the temperature. Twenty-six degrees gives you bread, and thirty-one degrees gives you vinegar.
Ilse Branneck: We bake four hundred and twenty loaves a night, and every one of them has rested for nineteen hours.
Ada Quill: The price of flour went up by a third last year. Did the price of the loaf follow?
Ilse Branneck: No, because the flour is only eight percent of what a loaf costs. The rent of this room is thirty.
Ilse Branneck: If you want cheap bread, you should talk to the landlord and not to the miller.
Ada Quill: Would you open a bakery today?
Ilse Branneck: I think that in ten years there will be more bakeries than now, and all of them will be smaller.
Ilse Branneck: A bakery with two ovens needs a manager, and a bakery with one oven needs only somebody who gets up.
Ada Quill: Somebody who gets up. Thank you, Ilse.`

const CLOCK = `
Ada Quill: Welcome to Workshop Hours. The clock of the Weavers' Hall has been seven minutes late since the war.
Ada Quill: Noor Haddar was asked to repair it, and she refused. Noor, why would a clockmaker refuse a clock?
Noor Haddar: Because the seven minutes are not a fault. They were put there on purpose in 1944.
Noor Haddar: The night shift was allowed to leave when the hall clock struck six, and the bus left at six.
Noor Haddar: So the caretaker moved the hands back, and for seven minutes every evening the factory belonged to him.
Ada Quill: And nobody has put it right in eighty years?
Noor Haddar: Two people have tried, and both times the town wrote more than three hundred letters against it.
Noor Haddar: The movement itself is in perfect order. It loses four seconds a month, which is better than the station.
Ada Quill: The owner of the hall wants a clock that tells the time. Is that unreasonable?
Noor Haddar: He has a telephone that tells the time. What he owns on that tower is a promise, and a promise has its own time.
Noor Haddar: I cleaned the pinions, I changed the rope, and I left the hands where they were.
Ada Quill: What did you charge for a repair that changed nothing?
Noor Haddar: Nine hundred crowns, and it was the most honest bill that I have ever written.
Ada Quill: We stood outside at six o'clock and counted. It was seven minutes, almost exactly.
Ada Quill: Thank you, Noor. Next week we count bolts.`

/** Three episodes of one made-up show, oldest first, each with its transcript in another format. */
export function threeEpisodes(newest: Date): ShowEpisode[] {
  const daysBefore = (days: number) => new Date(newest.getTime() - days * 86_400_000)
  return [
    {
      guid: 'wh-1',
      title: 'The clock that is late on purpose',
      publishedAt: daysBefore(2),
      notes: '<p>Noor Haddar on the clock of the Weavers’ Hall and the promise in its hands.</p>',
      transcriptFormat: 'srt',
      said: timeLines(CLOCK),
    },
    {
      guid: 'wh-2',
      title: 'Four in the morning',
      publishedAt: daysBefore(1),
      notes: '<p>Ilse Branneck bakes 420 loaves a night and explains what a loaf costs.</p>',
      transcriptFormat: 'vtt',
      said: timeLines(BREAD),
    },
    {
      guid: 'wh-3',
      title: 'Count the bolts',
      publishedAt: newest,
      notes: '<p>Tomas Reyl closed the Lowgate footbridge. He would do it again.</p>',
      transcriptFormat: 'json',
      said: timeLines(BRIDGE),
    },
  ]
}

/** One more episode of a long-running show, unlike every other one by its number. */
export function numberedEpisode(number: number, publishedAt: Date): ShowEpisode {
  const script = `
Ada Quill: Welcome to part ${number} of the logbook, recorded at station ${number * 7}.
Per Olan: At station ${number * 7} the water stood at ${number * 3 + 11} centimetres this morning.
Per Olan: The gauge was read ${number + 4} times, and the reading of noon was thrown away because a boat had passed.
Ada Quill: What does a number like ${number * 3 + 11} tell the people who live behind the dyke?
Per Olan: It tells them that entry ${number} of the logbook is a quiet one, and quiet entries are the ones that we pay for.
Per Olan: The pump of hall ${number} ran for ${number * 2 + 5} hours, which costs ${number * 40 + 300} crowns.
Ada Quill: Thank you, Per. Part ${number + 1} follows tomorrow.`
  return {
    guid: `log-${number}`,
    title: `Logbook, part ${number}`,
    publishedAt,
    notes: `<p>Entry ${number} of the logbook.</p>`,
    transcriptFormat: 'srt',
    said: timeLines(script),
  }
}

const TYPES = {
  srt: 'application/x-subrip',
  vtt: 'text/vtt',
  json: 'application/json',
} as const

export const transcriptPath = ({ guid, transcriptFormat }: ShowEpisode): string =>
  `/transcripts/${guid}.${transcriptFormat}`

/** The transcript in the episode's format, as a file to be served. */
export function renderTranscript(episode: ShowEpisode): { body: string; type: string } {
  const type = TYPES[episode.transcriptFormat]
  return { body: RENDERERS[episode.transcriptFormat](episode.said), type }
}

const RENDERERS: Record<ShowEpisode['transcriptFormat'], (said: readonly Said[]) => string> = {
  srt: (said) =>
    said
      .map(
        ({ start, end, speaker, text }, index) =>
          `${index + 1}\n${clock(start, ',')} --> ${clock(end, ',')}\n${speaker}: ${text}\n`,
      )
      .join('\n'),
  vtt: (said) =>
    `WEBVTT\n\n${said
      .map(
        ({ start, end, speaker, text }) =>
          `${clock(start, '.')} --> ${clock(end, '.')}\n<v ${speaker}>${text}</v>\n`,
      )
      .join('\n')}`,
  json: (said) =>
    JSON.stringify({
      version: '1.0.0',
      segments: said.map(({ start, end, speaker, text }) => ({
        ...{ speaker, body: text },
        ...{ startTime: start, endTime: end },
      })),
    }),
}

function clock(seconds: number, point: string): string {
  const ms = Math.round(seconds * 1000)
  const parts = [ms / 3_600_000, (ms / 60_000) % 60, (ms / 1000) % 60]
  const [h, m, s] = parts.map((part) => String(Math.floor(part)).padStart(2, '0'))
  return `${h}:${m}:${s}${point}${String(ms % 1000).padStart(3, '0')}`
}

/** The show's feed, as RSS with the podcast namespace, newest first. */
export function renderFeed(
  { title, origin }: { title: string; origin: string },
  episodes: readonly ShowEpisode[],
): string {
  const items = episodes.toReversed().map((episode) => renderItem(origin, episode))
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:podcast="https://podcastindex.org/namespace/1.0"
  xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">
<channel>
<title>${title}</title>
<link>https://workshop-hours.example/</link>
<description>People at work, and what they know.</description>
<language>en</language>
<itunes:author>Ada Quill</itunes:author>
${items.join('\n')}
</channel>
</rss>`
}

function renderItem(origin: string, episode: ShowEpisode): string {
  const { type } = renderTranscript(episode)
  const seconds = Math.ceil(episode.said.at(-1)?.end ?? 0)
  return `<item>
<title>${episode.title}</title>
<guid isPermaLink="false">${episode.guid}</guid>
<link>https://workshop-hours.example/${episode.guid}</link>
<pubDate>${episode.publishedAt.toUTCString()}</pubDate>
<description><![CDATA[${episode.notes}]]></description>
<itunes:duration>${seconds}</itunes:duration>
<enclosure url="https://workshop-hours.example/audio/${episode.guid}.mp3" length="${seconds * 8000}" type="audio/mpeg"/>
<podcast:transcript url="${origin}${transcriptPath(episode)}" type="${type}"/>
</item>`
}
