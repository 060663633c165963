import { z } from 'zod'
import { Failure } from '../../model/failure.ts'
import type { GuardedFetch } from '../../platform/http/guarded-fetch.ts'
import { resolveUrl } from '../feed/feed-url.ts'

/** A show in Apple's directory: its number and the country of the link. */
export type AppleShow = { id: string; country: string | null }

export type AppleAnswer = { found: true; feedUrl: string } | { found: false; reason: string }

const HOSTS = /^(?:podcasts|itunes|geo\.itunes)\.apple\.com$/
const MAX_ANSWER_BYTES = 1_000_000

const lookupSchema = z.object({
  results: z.array(z.object({ feedUrl: z.string().optional(), kind: z.string().optional() })),
})

/** The show that a link to Apple Podcasts names, or one of the players that go by Apple's numbers. */
export function parseAppleAddress(url: URL): AppleShow | undefined {
  const steps = url.pathname.split('/').filter((step) => step !== '')
  if (HOSTS.test(url.hostname)) {
    const id = steps.map((step) => /^id(\d{5,15})$/.exec(step)?.[1]).find(Boolean)
    if (id === undefined) return undefined
    const country = /^[a-z]{2}$/i.exec(steps[0] ?? '')?.[0].toLowerCase() ?? null
    return { id, country }
  }
  const pattern = { 'pod.link': /^(\d{6,15})$/, 'overcast.fm': /^itunes(\d{6,15})$/ }[url.hostname]
  const id = pattern?.exec(steps[0] ?? '')?.[1]
  return id === undefined ? undefined : { id, country: null }
}

/**
 * Asks Apple's public directory for the feed of a show, first as such and then in the shop of the
 * link's country, where some shows are listed alone.
 */
export async function findApplePodcast(
  show: AppleShow,
  { fetch, signal }: { fetch: GuardedFetch; signal?: AbortSignal | undefined },
): Promise<AppleAnswer> {
  const countries = show.country === null || show.country === 'us' ? [''] : ['', show.country]
  let isListed = false
  for (const country of countries) {
    const results = await lookUp({ ...show, country }, { fetch, signal })
    isListed ||= results.length > 0
    for (const { feedUrl } of results) {
      const resolved = resolveUrl(feedUrl, 'https://itunes.apple.com/')
      if (resolved !== null) return { found: true, feedUrl: resolved }
    }
  }
  const reason = isListed
    ? 'Apple offers this show to its own subscribers only and names no feed. Look for the show’s website.'
    : 'Apple Podcasts knows no show under this address. Copy the address from the show’s page again.'
  return { found: false, reason }
}

async function lookUp(
  { id, country }: { id: string; country: string },
  { fetch, signal }: { fetch: GuardedFetch; signal?: AbortSignal | undefined },
) {
  const where = country === '' ? '' : `&country=${country}`
  const response = await fetch({
    url: `https://itunes.apple.com/lookup?id=${id}&entity=podcast${where}`,
    purpose: 'directory of Apple Podcasts',
    maxBytes: MAX_ANSWER_BYTES,
    ...(signal !== undefined && { signal }),
  })
  if (response.status !== 200) {
    response.cancel()
    throw noAnswer(`status ${response.status}`)
  }
  const text = Buffer.from(await response.read()).toString('utf8')
  try {
    return lookupSchema.parse(JSON.parse(text)).results
  } catch (cause) {
    throw noAnswer('an answer that cannot be read', cause)
  }
}

function noAnswer(what: string, cause?: unknown): Failure {
  const message = `Apple’s directory of podcasts gave ${what}. Try again later, or paste the address of the show’s feed.`
  return new Failure('directory-silent', 'outside', message, { cause })
}
