/** Words that end in a full stop without ending a sentence, without their last stop. */
const ABBREVIATIONS = new Set(
  (
    'mr mrs ms dr prof st jr sr vs etc e.g i.e eg ie no vol inc ltd co corp gen gov sen rep lt col sgt capt ' +
    'fig al approx dept est min max u.s u.k p.s a.k.a jan feb mar apr jun jul aug sep sept oct nov dec ' +
    'hr fr hd bzw z.b d.h u.a ca nr str usw ggf inkl evtl sog vgl sra srta ud uds ej pág núm aprox ' +
    'm mm mme mlle p.ex cf env sig sigg dott ecc pag es bijv dhr mevr blz enz o.a d.w.z v.d'
  ).split(/\s+/),
)
/** Scripts that end sentences without a space after the mark. */
const FULL_WIDTH = /[。！？]+[」』）”’]*/g
const MARK = /[.!?…؟۔।]+["'”’)\]»]*(?=\s|$|\p{Lu})/gu
const LANGUAGES_WITH_OWN_RULES = new Set(['en', 'es', 'de', 'fr', 'pt', 'it', 'nl', 'und'])

/**
 * Offsets at which sentences of `text` end, ascending; the next one starts there or after spaces.
 * Handles abbreviations, initials, decimal points, and captions whose stops lack their space
 * ("Podcast.I'm Bekah"). Languages without rules of their own go through Intl.Segmenter.
 *
 * After Palmer and Hearst, "Adaptive Multilingual Sentence Boundary Disambiguation", 1997, by rule.
 */
export function findSentenceEnds(text: string, language: string): number[] {
  if (!LANGUAGES_WITH_OWN_RULES.has(language)) return segmenterEnds(text, language)
  const ends: number[] = []
  for (const match of text.matchAll(MARK)) {
    const end = match.index + match[0].length
    if (isSentenceEnd(text, match.index, end)) ends.push(end)
  }
  for (const match of text.matchAll(FULL_WIDTH)) ends.push(match.index + match[0].length)
  return ends.sort((a, b) => a - b)
}

/** Characters given to Intl.Segmenter at once; it slows down on very long strings. */
const SEGMENTER_CHARS = 8192

function segmenterEnds(text: string, language: string): number[] {
  const locale = /^[a-z]{2,3}$/.test(language) ? language : 'en'
  const segmenter = new Intl.Segmenter(locale, { granularity: 'sentence' })
  const ends: number[] = []
  for (let start = 0; start < text.length; start += SEGMENTER_CHARS) {
    const part = text.slice(start, start + SEGMENTER_CHARS)
    for (const { index, segment } of segmenter.segment(part)) {
      const end = index + segment.length
      // The block's last sentence may go on in the next block.
      const isCutOff = end === part.length && start + end < text.length
      if (!isCutOff || /[.!?…。！？؟۔।]\s*$/.test(segment)) ends.push(start + end)
    }
  }
  return ends
}

function isSentenceEnd(text: string, mark: number, end: number): boolean {
  const next = text[end]
  const isSpaced = next === undefined || /\s/.test(next)
  if (text[mark] !== '.') return isSpaced || /[?!]/.test(text[mark] ?? '')
  const before = wordBefore(text, mark)
  if (!isSpaced) return isJoined(text, before, end)
  if (end - mark > 1) return true
  if (ABBREVIATIONS.has(before.toLowerCase())) return false
  if (/^\p{Lu}$/u.test(before)) return before === 'I'
  return true
}

/** A stop with no space after it: an end only between ordinary words, not in "Node.js" or "U.S". */
function isJoined(text: string, before: string, end: number): boolean {
  return /\p{Ll}{2}$/u.test(before) && /^\p{Lu}(?:[\p{Ll}'’]|\s)/u.test(text.slice(end, end + 2))
}

function wordBefore(text: string, mark: number): string {
  let from = mark
  while (from > 0 && mark - from < 12 && !/\s/.test(text[from - 1] ?? ' ')) from--
  return text.slice(from, mark).replace(/^["'“‘([¿¡]+/u, '')
}
