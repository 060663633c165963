import { decodeHTML, decodeHTMLStrict } from 'entities'

/** Text with HTML's references decoded once, as browsers do in text. */
export function decodeEntities(text: string): string {
  return text.includes('&') ? decodeHTML(text) : text
}

/** True for a name that HTML declares, such as `eacute`. */
export function isEntityName(name: string): boolean {
  const reference = `&${name};`
  return decodeHTMLStrict(reference) !== reference
}
