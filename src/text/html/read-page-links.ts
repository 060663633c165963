import { readTags } from './read-tags.ts'

/** A `link` or `a` element as its page spells it, references decoded. */
export type PageLink = { rel: string; type: string; href: string; title: string }

/** What a web page says about where else to look. */
export type PageLinks = {
  /** `href` of its `base` element. */
  base: string | null
  links: PageLink[]
  /** `title` is the text of the link, as far as it goes. */
  anchors: PageLink[]
  /** Values by `name`, `property` or `itemprop`, in lower case; of several the first. */
  metas: Map<string, string>
}

const MAX_HTML_LENGTH = 1_500_000
const MAX_LINKS = 2_000
const MAX_TEXT = 200

/**
 * Reads links and metas of a page without building it: one pass over at most 1.5 million
 * characters, which is where a page of that size is cut.
 */
export function readPageLinks(html: string): PageLinks {
  const found: PageLinks = { base: null, links: [], anchors: [], metas: new Map() }
  let open: PageLink | null = null
  readTags(html.slice(0, MAX_HTML_LENGTH), {
    open(name, given) {
      if (name === 'a') open = addTo(found.anchors, toLink(given))
      else if (name === 'link') addTo(found.links, toLink(given))
      else if (name === 'meta') addMeta(found.metas, given)
      else if (name === 'base') found.base ??= given.get('href') ?? null
    },
    text(text) {
      if (open !== null && open.title.length < MAX_TEXT) open.title += text.slice(0, MAX_TEXT)
    },
    close(name) {
      if (name === 'a') open = null
    },
  })
  return found
}

function toLink(given: ReadonlyMap<string, string>): PageLink {
  const attribute = (name: string) => given.get(name)?.trim() ?? ''
  return {
    rel: attribute('rel').toLowerCase(),
    type: attribute('type').toLowerCase(),
    href: attribute('href'),
    title: attribute('title'),
  }
}

function addTo(links: PageLink[], link: PageLink): PageLink | null {
  if (link.href === '' || links.length >= MAX_LINKS) return null
  links.push(link)
  return link
}

function addMeta(metas: Map<string, string>, given: ReadonlyMap<string, string>): void {
  const key = given.get('name') ?? given.get('property') ?? given.get('itemprop') ?? ''
  const content = given.get('content')
  const name = key.toLowerCase()
  if (name === '' || content === undefined || metas.has(name)) return
  if (metas.size < MAX_LINKS) metas.set(name, content)
}
