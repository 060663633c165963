import type { MomentFinder } from './parts/moment-link.tsx'

const MOMENT = /<a href="#t=(\d{1,6})">/g

/**
 * Clean show notes with their moments (`#t=65`) led to where the page has them: to the words, to
 * the publisher's player, or, where neither is known, to the place that says why. Only these
 * links are touched, and only by numbers that they hold.
 */
export function linkNotesMoments(html: string, find: MomentFinder): string {
  return html.replace(MOMENT, (_, digits: string) => {
    const href = find(Number(digits)) ?? '#transcript'
    const seek = href.startsWith('#') ? ` data-seek="${Number(digits)}"` : ''
    return `<a class="moment" href="${escapeAttribute(href)}"${seek}>`
  })
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
}
