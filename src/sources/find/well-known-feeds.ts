/** Where the software that a page names as its own keeps the feed, below the page's own path. */
const BY_GENERATOR: readonly (readonly [RegExp, readonly string[]])[] = [
  [/wordpress/i, ['feed/']],
  [/ghost/i, ['rss/']],
  [/substack/i, ['feed']],
  [/blogger/i, ['feeds/posts/default']],
  [/hugo|zola/i, ['index.xml', 'atom.xml', 'rss.xml']],
  [/jekyll|eleventy|pelican/i, ['feed.xml', 'atom.xml']],
  [/squarespace/i, ['?format=rss']],
]

/** Where feeds are when the page does not say what made it, most usual first. */
const USUAL = ['feed', 'rss', 'feed.xml', 'rss.xml', 'atom.xml', 'index.xml', 'feeds/posts/default']

const MOST = 9

/**
 * Addresses at which a feed of this page may lie, likeliest first: those of its host, those of its
 * software below the page's own path, and the usual ones of the whole site. At most nine.
 */
export function wellKnownFeeds(address: string, generator: string): string[] {
  const url = URL.parse(address)
  if (url === null) return []
  const own = hostFeed(url)
  if (own !== null) return [own]
  const known = BY_GENERATOR.find(([pattern]) => pattern.test(generator))?.[1] ?? []
  const here = folderOf(url)
  const isHome = here === `${url.origin}/`
  const below = (folder: string, names: readonly string[]) => names.map((name) => folder + name)
  const addresses = isHome
    ? [...below(here, known), ...below(here, USUAL)]
    : [
        ...below(here, known),
        ...below(here, USUAL.slice(0, 2)),
        ...below(`${url.origin}/`, [...known, ...USUAL]),
      ]
  return [...new Set(addresses)].slice(0, MOST)
}

/** Sites whose feeds stand under another path than their pages. */
function hostFeed({ hostname, pathname, origin }: URL): string | null {
  const host = hostname.replace(/^www\./, '')
  const [first = '', second = ''] = pathname.split('/').filter((step) => step !== '')
  if (first === '') return null
  if (host === 'medium.com') return `https://medium.com/feed/${first}`
  if (host === 'reddit.com' || host === 'old.reddit.com') {
    return second === '' ? null : `https://www.reddit.com/${first}/${second}/.rss`
  }
  if (host === 'github.com' && second !== '') return `${origin}/${first}/${second}/releases.atom`
  if (host === 'vimeo.com') return `https://vimeo.com/${first}/videos/rss`
  return null
}

/** The page's own folder: `/blog`, `/blog/` and `/blog/index.html` are one. */
function folderOf({ origin, pathname }: URL): string {
  const path = pathname.replace(/\/[^/]*\.[a-z]{2,5}$/i, '').replace(/\/+$/, '')
  return `${origin}${path}/`
}
