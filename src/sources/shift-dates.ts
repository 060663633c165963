const DAY_MS = 86_400_000

/** Elements that hold a date: RFC 822 in RSS, ISO 8601 in Atom. */
const DATE_ELEMENT = /(<(?:pubDate|lastBuildDate|published|updated)>)([^<]+)(<\/)/g

/** A feed with all of its dates moved by so many whole days. What is no date stays as it is. */
export function shiftDates(xml: string, days: number): string {
  return xml.replace(DATE_ELEMENT, (whole, open: string, text: string, close: string) => {
    const time = Date.parse(text)
    if (Number.isNaN(time)) return whole
    const moved = new Date(time + days * DAY_MS)
    const isIso = /^\s*\d{4}-/.test(text)
    return open + (isIso ? moved.toISOString() : moved.toUTCString()) + close
  })
}
