import { decodeEntities } from '../text/html/decode-entities.ts'

const TAG = /<\/?(?:[a-z][^<>]{0,300}|\d[\d:.]{0,20})>/gi
/** Positioning codes that editors of subtitles leave behind. */
const STYLE_CODE = /\{\\[^{}]{0,200}\}/g
const NOISE_WORDS =
  'music|theme music|intro music|outro music|upbeat music|applause|laughter|laughs?|laughing|chuckles?|cheers|cheering|silence|noise|background noise|sighs?|coughs?|clears throat|jingle|beep|crosstalk|musik|applaus|lachen|gelächter|musique|rires|música|aplausos|risas'
const NOISE = new RegExp(
  String.raw`\[\s*(?:${NOISE_WORDS})[^\][]{0,40}\]|\(\s*(?:${NOISE_WORDS})\s*\)|\*\s*(?:${NOISE_WORDS})\s*\*`,
  'gi',
)
const SONG = /[♪♫♬]+/g
/** `[unintelligible 00:03:41.07]`: what was not understood is worth knowing, its time is not. */
const UNCLEAR = /\[\s*(unintelligible|inaudible|indiscernible)\b[^\][]{0,40}\]/gi

/** Control characters but the line break, marks of direction, soft hyphens, zero-width spaces. */
const INVISIBLE =
  /(?!\n)\p{Cc}|[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffc]/gu

/**
 * The words of a cue as plain text: no tags, no styles, references decoded, no notes on music or
 * laughter, invisible signs and control characters gone, line breaks kept.
 */
export function plainCue(raw: string): string {
  let text = raw
  if (text.includes('<')) text = text.replace(TAG, '')
  if (text.includes('{')) text = text.replace(STYLE_CODE, '')
  text = decodeEntities(text)
  // Decoding may show tags that were escaped.
  if (text.includes('<')) text = text.replace(TAG, '')
  if (/[[(*]/.test(text)) text = text.replace(UNCLEAR, '[$1]').replace(NOISE, ' ')
  if (/[♪♫♬]/.test(text)) text = text.replace(SONG, ' ')
  return text.replace(INVISIBLE, '')
}
