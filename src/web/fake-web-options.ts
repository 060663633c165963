import { createHash } from 'node:crypto'
import type { SourceLook } from '../actions/look-at-source.ts'
import type { Reader } from '../model/reader.ts'
import { FAKE_NOW, FAKE_READER } from './fake-library.ts'
import { FAKE_MESSAGE, FAKE_OUTBOX, FAKE_SETTINGS } from './fake-mail-views.ts'
import {
  FAKE_DIGEST,
  FAKE_EMPTY_TODAY,
  FAKE_EPISODE,
  FAKE_ISSUE,
  FAKE_SOURCES_PAGE,
  FAKE_TODAY,
  FAKE_WAITING_EPISODE,
} from './fake-views.ts'
import { makeToken } from './guards/cookies.ts'
import type { SessionPort } from './ports/sign-in-port.ts'
import type { WebActions, WebOptions, WebViews } from './web-options.ts'

/** The one token that the fake actions know. */
export const FAKE_UNSUBSCRIBE_TOKEN = 'the-token-of-the-fake-reader'

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex')

export type FakeSessions = SessionPort & {
  /** A new one-time token that signs the fake reader in. */
  invite(): string
  /** A session that is already open. */
  open(reader?: Reader): string
  count(): number
}

/** Sessions in memory, by the same promises as the store's. */
export function createFakeSessions(): FakeSessions {
  const links = new Map<string, { isUsed: boolean }>()
  const sessions = new Map<string, Reader>()
  const open = (reader = FAKE_READER) => {
    const token = makeToken()
    sessions.set(hashOf(token), reader)
    return token
  }
  return {
    open,
    count: () => sessions.size,
    invite: () => {
      const token = makeToken()
      links.set(hashOf(token), { isUsed: false })
      return token
    },
    start: async (oneTimeToken, sessionToken) => {
      const link = links.get(hashOf(oneTimeToken))
      if (link === undefined) return { signedIn: false, reason: 'unknown' }
      if (link.isUsed) return { signedIn: false, reason: 'used' }
      link.isUsed = true
      sessions.set(hashOf(sessionToken), FAKE_READER)
      return { signedIn: true, reader: FAKE_READER }
    },
    find: async (token) => sessions.get(hashOf(token)) ?? null,
    end: async (token) => {
      sessions.delete(hashOf(token))
    },
  }
}

/** Views that show the made-up library. The waiting episode and the issue are its reader's alone. */
export function createFakeViews(overrides: Partial<WebViews> = {}): WebViews {
  const episodes = [FAKE_EPISODE, FAKE_WAITING_EPISODE, FAKE_ISSUE]
  return {
    getTodayPage: async () => FAKE_TODAY,
    findEpisodePage: async (reader, id) => {
      const page = episodes.find((episode) => episode.id === id)
      if (page === undefined) return null
      if (reader !== null) return page
      if (page.audience !== 'public') return null
      return { ...page, stories: [], transcript: { state: 'members-only', origin: 'publisher' } }
    },
    findDigestPage: async (_, id) => (id === FAKE_DIGEST.id ? FAKE_DIGEST : null),
    getSourcesPage: async () => FAKE_SOURCES_PAGE,
    getOutboxPage: async () => FAKE_OUTBOX,
    findOutboxMessage: async (_, id) => (id === FAKE_MESSAGE.id ? FAKE_MESSAGE : null),
    getSettingsPage: async () => FAKE_SETTINGS,
    ...overrides,
  }
}

export const FAKE_CHECK: Extract<SourceLook, { found: true }> = {
  found: true,
  url: 'https://slowlane.example/feed.xml',
  kind: 'podcast',
  title: 'The Slow Lane',
  description: 'A weekly show about getting there later and better, with Mara Lindgren.',
  author: 'Mara Lindgren',
  siteUrl: 'https://slowlane.example/',
  image: null,
  episodeCount: 84,
  latest:
    FAKE_TODAY.latestDigest?.items.map(({ title, publishedAt, durationSeconds }, index) => ({
      title,
      publishedAt,
      durationSeconds,
      hasTranscript: index === 0,
    })) ?? [],
  isFollowed: false,
}

export type FakeActions = WebActions & { calls: [name: string, ...args: unknown[]][] }

/** Actions that only remember that they were asked. */
export function createFakeActions(overrides: Partial<WebActions> = {}): FakeActions {
  const calls: FakeActions['calls'] = []
  const remember =
    <Answer>(name: string, answer: Answer) =>
    async (_reader: Reader, ...args: unknown[]) => {
      calls.push([name, ...args])
      return answer
    }
  return {
    calls,
    retryEpisode: remember('retryEpisode', undefined),
    buildDigestNow: remember('buildDigestNow', 'started' as const),
    checkSource: remember('checkSource', FAKE_CHECK),
    addSource: remember('addSource', { sourceId: FAKE_EPISODE.source.id, title: 'The Slow Lane' }),
    findSampleFile: async (path) =>
      path === 'show/cover.svg'
        ? { bytes: new TextEncoder().encode('<svg/>'), type: 'image/svg+xml' }
        : null,
    startDigests: remember('startDigests', undefined),
    changeDigestWish: async (token) => token === FAKE_UNSUBSCRIBE_TOKEN,
    addSampleLibrary: remember('addSampleLibrary', undefined),
    pauseSource: remember('pauseSource', undefined),
    resumeSource: remember('resumeSource', undefined),
    removeSource: remember('removeSource', undefined),
    retrySource: remember('retrySource', undefined),
    saveSettings: remember('saveSettings', undefined),
    ...overrides,
  }
}

/** Options for tests: all ports are fakes, the base URL is a host that needs no port. */
export function createFakeWebOptions(
  assetsDir: string,
  overrides: Partial<WebOptions> = {},
): WebOptions & { sessions: FakeSessions; actions: FakeActions } {
  const sessions = createFakeSessions()
  const actions = createFakeActions()
  return {
    baseUrl: 'http://murmur.example',
    isLoopback: true,
    development: false,
    assetsDir,
    signInHelp: 'Start murmurcast again to have it print a new one.',
    checkReadiness: async () => ({
      ready: true,
      checks: [{ name: 'database', ready: true, detail: '' }],
    }),
    views: createFakeViews(),
    log: { info: () => {}, warn: () => {}, error: () => {} },
    now: () => FAKE_NOW,
    ...overrides,
    sessions,
    actions,
  }
}

export const EMPTY_VIEWS: Partial<WebViews> = {
  getTodayPage: async () => FAKE_EMPTY_TODAY,
  getSourcesPage: async () => ({ version: '1', sources: [] }),
  getOutboxPage: async () => ({ version: '1', sendsMail: false, messages: [] }),
}
