/** Parameters that say who asks; their value is a key, however short. */
const KEY_NAME =
  /^(?:.*(?:token|auth|secret|signature|hmac|session|passw(?:or)?d|member|subscriber)|a?key|api_?key|sig|hash|pw|pass|u(?:ser)?_?id|uuid)$/i
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i
const PRIVATE_STEP = /^(?:private|premium|members?|subscribers?|patrons?|supporters?)$/i
const YOUTUBE_FEED = /^(?:www\.)?youtube\.com$/

/** Hosts that give every show a number that looks like a key, and open it to all. */
const OPEN: readonly RegExp[] = [
  /^https?:\/\/(?:www\.)?omnycontent\.com\/d\/playlist\//,
  /^https?:\/\/feeds\.acast\.com\/public\/shows\//,
  /^https?:\/\/feeds\.(?:megaphone|simplecast|soundcloud|buzzsprout|transistor|captivate)\.(?:com|fm)\/[\w:/.-]+$/,
  /^https?:\/\/(?:www\.)?(?:spreaker|audioboom|ivoox)\.com\/[\w/.-]+$/,
  /^https?:\/\/anchor\.fm\/s\/[\w/]+$/,
]

/**
 * True for a feed that was most likely made for one reader: its address holds a user name, a key in
 * the query or a random-looking path part, or it asks not to be listed (`itunes:block`).
 *
 * In doubt it is private: then its reader alone sees it, who loses nothing by that.
 */
export function isPrivateFeed(address: string, { isUnlisted }: { isUnlisted: boolean }): boolean {
  if (isUnlisted) return true
  const url = URL.parse(address)
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return false
  if (url.username !== '' || url.password !== '') return true
  if (YOUTUBE_FEED.test(url.hostname) || OPEN.some((host) => host.test(address))) return false
  const hasKey = [...url.searchParams].some(
    ([name, value]) => value !== '' && (KEY_NAME.test(name) || isRandom(value)),
  )
  if (hasKey) return true
  const steps = url.pathname.split('/').map((step) => step.replace(/\.(?:rss|xml|json)$/i, ''))
  return steps.some((step) => PRIVATE_STEP.test(step) || isRandom(step))
}

/** Long, of letters and digits in turn, and of more different characters than words have. */
function isRandom(text: string): boolean {
  if (UUID.test(text) || /^eyJ[\w-]{10,}/.test(text)) return true
  const runs = text.match(/[A-Za-z0-9_-]{16,}/g) ?? []
  return runs.some((run) => {
    const isWords = /^(?:[A-Za-z]+|\d+)(?:[-_](?:[A-Za-z]+|\d{1,8}))*$/.test(run)
    if (isWords || !/\d/.test(run) || !/[A-Za-z]/.test(run)) return false
    const turns = run.match(/[A-Za-z]\d|\d[A-Za-z]/g)?.length ?? 0
    return turns >= 3 && entropyOf(run) >= 3
  })
}

/** Shannon's entropy in bits for each character. */
function entropyOf(text: string): number {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) {
    const share = count / text.length
    bits -= share * Math.log2(share)
  }
  return bits
}
