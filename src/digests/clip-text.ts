const ODD_SPACE = /[^\S ]| {2}|^ | $/

/**
 * Text of at most `maxLength` UTF-16 units with single spaces, cut after a whole word where one
 * ends in the last third, with `…` in place of what was cut. Never splits a surrogate pair.
 */
export function clipText(text: string, maxLength: number): string {
  const flat = ODD_SPACE.test(text) ? text.replace(/\s+/g, ' ').trim() : text
  if (flat.length <= maxLength) return flat
  const head = flat.slice(0, maxLength - 1)
  const space = head.lastIndexOf(' ')
  const cut = space > maxLength * 0.66 ? head.slice(0, space) : head
  return `${cut.replace(/[\ud800-\udbff\u200d]$|[\s,;:–—-]+$/u, '')}…`
}
