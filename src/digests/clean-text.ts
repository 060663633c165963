const UNSHOWN = /(?![\t\n])\p{Cc}|\p{Cs}/gu

/** Text without control characters (tabs and line feeds stay) and halves of surrogate pairs. */
export function cleanText(text: string): string {
  return text.replace(UNSHOWN, '')
}

/** The same on one line: controls and line separators of every kind become a space. */
export function cleanLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/gu, ' ')
}
