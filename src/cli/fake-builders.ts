import type { MadeDigest } from '../actions/make-digest.ts'
import type { ReadEpisode } from '../actions/read-episode.ts'
import type { Builders, House, Outside } from './cli-ports.ts'
import type { Terminal } from './terminal.ts'
import { openTerminal } from './terminal.ts'

/** What a command has written, and whether it closed what it opened. */
export type FakeRun = { out: string[]; err: string[]; open: number; opened: number }

/** Commands fail that ask for what is not given. */
export type FakeParts = { house?: Partial<House>; outside?: Partial<Outside> } & Partial<Builders>

const notGiven = (): never => {
  throw new Error('the test gives no such part')
}

/** Builders for tests: each house and outside is counted, and counted off when it is closed. */
export function createFakeBuilders(run: FakeRun, parts: FakeParts): Builders {
  const open = async <Part>(part: Part): Promise<Part & AsyncDisposable> => {
    run.open += 1
    run.opened += 1
    return {
      ...part,
      async [Symbol.asyncDispose]() {
        run.open -= 1
      },
    }
  }
  return {
    describeSettings: notGiven,
    serve: notGiven,
    restore: notGiven,
    openHouse: () => open(parts.house as House),
    openOutside: () => open(parts.outside as Outside),
    ...parts,
  }
}

/** A terminal that keeps what is written to it; `watched` is one before which a person sits. */
export function createFakeTerminal(run: FakeRun, { watched = false } = {}): Terminal {
  const write = (to: string[]) => (text: string) => to.push(text)
  return openTerminal(
    { write: write(run.out), isTTY: false },
    { write: write(run.err), isTTY: watched, columns: 40 },
  )
}

/** A digest of some episodes as `makeDigest` gives it. */
export function exampleMadeDigest(
  episodes: ReadEpisode[],
  missing: MadeDigest['content']['missing'] = [],
): MadeDigest {
  return {
    content: {
      edition: 'daily',
      localDate: '2026-11-23',
      items: episodes.map(({ episode, source, summary }) => ({
        ...{ episodeId: episode.id, title: episode.title, show: source.title, kind: episode.kind },
        ...{ publishedAt: null, durationSeconds: null, readingMinutes: 1, language: 'en' },
        ...{ description: summary.description, badges: [], moments: [], pageUrl: 'x.html' },
        ...{ origin: 'publisher' as const, verdict: null, strip: null },
      })),
      ...{ stories: [], carriedEpisodeIds: [], moreCount: 0, links: null },
      missing: [...missing],
    },
    rendered: { subject: 'S', html: '<p>digest', text: 'digest', shownEpisodeIds: [] },
    episodes,
  }
}
