/** What a person pasted, as an address, or why it is none. */
export type PastedAddress = { url: string } | { url: null; reason: string }

const MAX_LENGTH = 4096
const HANDLE = /^@[\p{L}\p{N}][\p{L}\p{N}._·-]{1,60}$/u
const CHANNEL_ID = /^UC[\w-]{22}$/
const SITE = 'https://www.youtube.com'

/**
 * An address as a person may paste it: without `https://`, in brackets or quotes, with words around
 * it, with a player's own scheme (`feed:`, `pcast:` …), or as an `@handle` of YouTube.
 */
export function parsePastedAddress(text: string): PastedAddress {
  const pasted = text.slice(0, MAX_LENGTH).trim()
  if (pasted.startsWith('sample:')) return { url: pasted }
  const word = chooseWord(pasted)
  if (HANDLE.test(word)) return { url: `${SITE}/${word}` }
  if (CHANNEL_ID.test(word)) return { url: `${SITE}/channel/${word}` }
  if (/^[^\s@/:?]+@[^\s@/:?]+\.[^\s@/:?]+$/.test(word))
    return { url: null, reason: whyNoMail(word) }
  const url = URL.parse(withScheme(word))
  if (url === null || !isOfTheWeb(url)) return { url: null, reason: whyNotOne(pasted) }
  return { url: url.href }
}

/** The address among the words; the first word when none is marked as one. */
function chooseWord(text: string): string {
  const words = text.split(/\s+/).map((word) => word.replace(/^[<("'“„«[]+|[>)"'”“»\],;]+$/g, ''))
  return words.find((word) => /^[a-z][a-z0-9+.-]*:\/\//i.test(word)) ?? words[0] ?? ''
}

function withScheme(word: string): string {
  const inner = /^(?:feed|itpc|pcast|podcast):(?:\/\/)?(.*)$/i.exec(word)?.[1]
  const address = inner ?? word
  // `example.org:8080/feed` is a host and a port, not a scheme.
  return /^[a-z][a-z0-9+.-]*:(?!\d)/i.test(address) ? address : `https://${address}`
}

/** An owner may run a feed on this very machine; whether it may be read is for the guard to say. */
function isOfTheWeb({ protocol, hostname }: URL): boolean {
  const isWeb = protocol === 'http:' || protocol === 'https:'
  return isWeb && (hostname.includes('.') || hostname === 'localhost')
}

const whyNotOne = (text: string): string =>
  `“${text.slice(0, 80)}” is not a web address. Paste the link of a podcast, a channel or a blog, such as https://example.org/feed.xml.`

const whyNoMail = (word: string): string =>
  `“${word.slice(0, 80)}” is an e-mail address. Paste the web address of the show, the channel or the blog.`
