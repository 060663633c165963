import type { Child } from 'hono/jsx'

/** The address when a browser may safely go there (http or https), else null. */
export function webAddress(url: string | null): string | null {
  if (url === null) return null
  const parsed = URL.parse(url)
  return parsed?.protocol === 'https:' || parsed?.protocol === 'http:' ? parsed.href : null
}

/** The site's name in an address, without `www.`; the address itself when it has none. */
export function siteOf(url: string): string {
  return URL.parse(url)?.hostname.replace(/^www\./, '') || url
}

/** A link that somebody else gave us: nothing follows it back, and only web addresses are linked. */
export function ExternalLink(props: { href: string | null; class?: string; children: Child }) {
  const href = webAddress(props.href)
  if (href === null) return <span>{props.children}</span>
  return (
    <a
      href={href}
      rel="noopener noreferrer nofollow ugc"
      {...(props.class === undefined ? {} : { class: props.class })}
    >
      {props.children}
    </a>
  )
}
