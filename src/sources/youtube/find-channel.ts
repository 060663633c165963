import { readPageLinks } from '../../text/html/read-page-links.ts'

/** What a page of YouTube says about whose it is. */
export type ChannelAnswer =
  | { found: true; channelId: string }
  | { found: false; reason: 'asks-for-consent' | 'suspects-a-robot' | 'names-no-channel' }

const ID = String.raw`(UC[\w-]{22})(?![\w-])`
const IN_ADDRESS = new RegExp(`(?:/channel/|[?&]channel_id=)${ID}`)
const WHOLE = new RegExp(`^${ID}$`)

/**
 * Where a page's data name its own channel, surest first. Other channels are named as well, by
 * recommendations; a video's own comes first under each of these names.
 */
const IN_DATA = ['externalId', 'externalChannelId', 'channelId', 'ownerChannelId', 'browseId'].map(
  (name) => new RegExp(String.raw`"${name}"\s*:\s*"${ID}"`),
)

/** Finds whose a channel's or a video's page is. Pure; `url` is where the page came from. */
export function findChannel(html: string, url: string): ChannelAnswer {
  const channelId = idOfHead(html) ?? idOfData(html)
  if (channelId !== null) return { found: true, channelId }
  const isConsent = /^https:\/\/consent\.(?:youtube|google)\./.test(url)
  if (isConsent || html.includes('action="https://consent.youtube.com/')) {
    return { found: false, reason: 'asks-for-consent' }
  }
  const isRobot = html.includes('www.google.com/recaptcha/') || url.includes('google.com/sorry')
  return { found: false, reason: isRobot ? 'suspects-a-robot' : 'names-no-channel' }
}

function idOfHead(html: string): string | null {
  const { links, metas } = readPageLinks(html)
  const identifier = metas.get('channelid') ?? metas.get('identifier') ?? ''
  if (WHOLE.test(identifier)) return identifier
  for (const { rel, href } of links) {
    const id = /\b(?:canonical|alternate)\b/.test(rel) ? IN_ADDRESS.exec(href)?.[1] : undefined
    if (id !== undefined) return id
  }
  return IN_ADDRESS.exec(metas.get('og:url') ?? '')?.[1] ?? null
}

function idOfData(html: string): string | null {
  for (const pattern of IN_DATA) {
    const id = pattern.exec(html)?.[1]
    if (id !== undefined) return id
  }
  return null
}
