/** Where shows are heard but not published: no feed leads out of there. */
const PLATFORMS: Record<string, string> = {
  'spotify.com': 'Spotify',
  'audible.com': 'Audible',
  'music.amazon.com': 'Amazon Music',
  'deezer.com': 'Deezer',
  'tiktok.com': 'TikTok',
  'instagram.com': 'Instagram',
  'facebook.com': 'Facebook',
  'x.com': 'X',
  'twitter.com': 'X',
  'linkedin.com': 'LinkedIn',
}

/** Why nothing at this address can be followed, when its platform publishes no feeds. */
export function whyClosed(url: URL): string | null {
  const host = url.hostname.replace(/^www\./, '')
  const entry = Object.entries(PLATFORMS).find(
    ([name]) => host === name || host.endsWith(`.${name}`),
  )
  if (entry === undefined) return null
  return `${entry[1]} publishes no feeds. Look for the same show on its own website, on Apple Podcasts or on YouTube, and paste that address.`
}
