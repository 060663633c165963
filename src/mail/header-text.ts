import { encodeWord } from 'nodemailer/lib/mime-funcs'

const MAX_TEXT = 500

/**
 * Text as the value of an unstructured header such as Subject: one line, ASCII, encoded words
 * (RFC 2047) where it must be. Controls and line separators become spaces, and text that only looks
 * like an encoded word is encoded, so that it is shown as it was written.
 */
export function encodeHeaderText(text: string): string {
  const line = cleanHeaderLine(text)
  return isPlain(line) ? line : encodeLine(line)
}

/**
 * Text as a display name for the composer to quote or encode: one line, and nothing that a mail
 * program could take for an encoded word, for many decode those even inside quotes.
 */
export function cleanPhrase(text: string): string {
  return cleanHeaderLine(text).replaceAll('=?', '= ?')
}

function cleanHeaderLine(text: string): string {
  return text
    .slice(0, MAX_TEXT)
    .replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
}

function isPlain(line: string): boolean {
  return /^[ -~]*$/.test(line) && !line.includes('=?')
}

function encodeLine(line: string): string {
  const latin = line.match(/[a-z ]/gi)?.length ?? 0
  return encodeWord(line, latin * 2 > line.length ? 'Q' : 'B', 52)
}
