const MAX_LENGTH = 80

/**
 * Words for a link that has none of its own: the longest slug of its path with its host, such as
 * `Third wave of inflation (wsj.com)`, or host and first steps of the path, such as
 * `x.com/chamath`. Never longer than about 100 characters, never with query or fragment.
 */
export function readableUrl(href: string): string {
  if (!URL.canParse(href)) return href.slice(0, MAX_LENGTH)
  const url = new URL(href)
  if (url.protocol === 'mailto:') return decoded(url.pathname)
  const host = url.hostname.replace(/^www\./, '')
  const steps = url.pathname.split('/').filter((step) => step !== '')
  if (isVideo(url, host)) return `Video on ${host === 'youtu.be' ? 'youtube.com' : host}`
  const slug = longestSlug(steps)
  if (slug !== null) return `${slug} (${host})`
  const named = steps.map(decoded).filter((step) => !isOpaque(step))
  const path = named.slice(0, 2).join('/')
  return shortened(path === '' ? host : `${host}/${path}`)
}

/** True when a link's own text is only an address, so that it tells a reader nothing. */
export function isUrlLike(text: string): boolean {
  return /^\(?(?:https?:\/\/|www\.)\S+$/i.test(text.trim())
}

/** The address of a video is an id, which names nothing. */
function isVideo(url: URL, host: string): boolean {
  if (host === 'youtu.be') return url.pathname.length > 1
  return /(?:^|\.)youtube\.com$/.test(host) && url.pathname === '/watch'
}

function longestSlug(steps: readonly string[]): string | null {
  let best: string[] = []
  for (const step of steps) {
    const words = slugWords(decoded(step))
    if (words.length > best.length) best = words
  }
  if (best.length < 3) return null
  const text = best.join(' ')
  return shortened(text.charAt(0).toUpperCase() + text.slice(1))
}

/** The words of `clean-sweep-3-candidates.html`; ids at its end are no words. */
function slugWords(step: string): string[] {
  const words = step
    .replace(/\.(?:html?|php|aspx?|amp)$/i, '')
    .split(/[-_+\s]+/)
    .filter((word) => word !== '')
  while (words.length > 0 && isId(words.at(-1) ?? '')) words.pop()
  return words.every((word) => word.length <= 30) ? words : []
}

function isId(word: string): boolean {
  if (/^\d{5,}$/.test(word)) return true
  return word.length >= 6 && /\d/.test(word) && /[a-z]/i.test(word)
}

function isOpaque(step: string): boolean {
  if (step === 'status' || step === 'watch' || step.length > 40) return true
  return /^\d{6,}$/.test(step)
}

function shortened(text: string): string {
  if (text.length <= MAX_LENGTH) return text
  const cut = text.slice(0, MAX_LENGTH)
  const space = cut.lastIndexOf(' ')
  return `${(space > MAX_LENGTH / 2 ? cut.slice(0, space) : cut).toWellFormed()}…`
}

function decoded(step: string): string {
  try {
    return decodeURIComponent(step)
  } catch {
    return step
  }
}
