import { FAKE_NOTES, FAKE_SUMMARY } from '../fake-episode.ts'
import { FAKE_CARDS } from '../fake-library.ts'
import { FAKE_MESSAGE, FAKE_OUTBOX, FAKE_SETTINGS } from '../fake-mail-views.ts'
import { FAKE_DIGEST, FAKE_EPISODE, FAKE_SOURCES_PAGE, FAKE_TODAY } from '../fake-views.ts'
import type { WebViews } from '../web-options.ts'

/** Ends attributes, elements, comments, scripts and templates, and names itself when it has run. */
export const HOSTILE = `"'></title></script><script>window.pwned=1</script><img src=x onerror="window.pwned=1">\${pwned}{{pwned}}<!--]]>`

/** Every text that comes from outside made hostile; ids, times, kinds and clean HTML stay. */
export function makeHostile<T>(value: T): T {
  return poison(value, '') as T
}

const KEPT = new Set([
  'id',
  'episodeId',
  'digestId',
  'kind',
  'state',
  'stage',
  'audience',
  'unit',
  'check',
  'tier',
  'origin',
  'transcriptOrigin',
  'edition',
  'localDate',
  'stance',
  'html',
  'version',
  'evidenceIds',
  'badges',
  'timeZone',
  'digestAt',
  'raw',
  'publishedAt',
])
const ADDRESSES = new Set(['url', 'link', 'siteUrl', 'image'])

function poison(value: unknown, key: string): unknown {
  if (KEPT.has(key)) return value
  if (typeof value === 'string')
    return ADDRESSES.has(key) ? `javascript:window.pwned=1//${HOSTILE}` : `${HOSTILE}${value}`
  if (Array.isArray(value)) return value.map((item) => poison(item, key))
  if (
    value === null ||
    typeof value !== 'object' ||
    value instanceof Date ||
    value instanceof Uint8Array
  )
    return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, poison(item, name)]))
}

/** Views in which every title, name, quote and address is an attack. */
export function createHostileViews(): WebViews {
  const page = makeHostile({ ...FAKE_EPISODE, summary: FAKE_SUMMARY, notes: FAKE_NOTES })
  return {
    getTodayPage: async () => makeHostile(FAKE_TODAY),
    findEpisodePage: async () => ({
      ...page,
      source: { ...page.source, image: 'https://evil.example/x.png' },
    }),
    findDigestPage: async () => makeHostile(FAKE_DIGEST),
    getSourcesPage: async () => makeHostile(FAKE_SOURCES_PAGE),
    getOutboxPage: async () => makeHostile(FAKE_OUTBOX),
    findOutboxMessage: async () => ({
      ...makeHostile(FAKE_MESSAGE),
      html: `<p>${HOSTILE}</p><a href="javascript:alert(1)">x</a>`,
    }),
    getSettingsPage: async () => ({
      ...FAKE_SETTINGS,
      settings: { ...makeHostile(FAKE_SETTINGS.settings), timeZone: 'UTC', digestAt: '07:00' },
    }),
  }
}

/** Pages on which hostile texts are shown. */
export const HOSTILE_PATHS = [
  '/',
  '/sources',
  `/episodes/${FAKE_CARDS.nightTrain.id}`,
  `/digests/${FAKE_DIGEST.id}`,
  '/outbox',
  `/outbox/${FAKE_MESSAGE.id}`,
  '/settings',
]
