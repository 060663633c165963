/** Letters alone, without case or accents, so that `naive` finds `Naïve`. */
export function foldText(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase('en')
}
