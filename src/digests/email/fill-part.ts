import { Failure } from '../../model/failure.ts'

declare const htmlBrand: unique symbol

/** Markup that is safe to stand in an HTML document as it is. Only this file makes it of text. */
export type Html = string & { readonly [htmlBrand]: true }

/** A piece of the skeleton: `text[0] slot[0] text[1] slot[1] … text[n]`. */
export type Part<Slot extends string> = {
  readonly text: readonly string[]
  readonly slots: readonly Slot[]
}

export const NOTHING = '' as Html

const UNSAFE = /[&<>"']|(?![\t\n\r])[\p{Cc}\p{Cs}\ufffe\uffff]/gu
const MARKUP = new Set(['&', '<', '>', '"', "'"].map((character) => character.charCodeAt(0)))
const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/**
 * Text as HTML, fit for an element's content and for a quoted attribute. Characters that HTML
 * forbids, lone halves of surrogate pairs among them, are left out.
 */
export function escapeHtml(text: string): Html {
  if (isPlain(text)) return text as Html
  return text.replace(UNSAFE, (character) => ENTITIES[character] ?? '') as Html
}

/** True for most texts: printable characters alone, and none of the five. Faster than the RegExp. */
function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 0x40 && (code < 0x20 || MARKUP.has(code))) return false
    if (code >= 0x7f && (code < 0xa0 || code >= 0xd800)) return false
  }
  return true
}

/**
 * A link's target as an attribute's value: an `http:` or `https:` URL, or a path relative to the
 * document. Anything else throws a Failure, because a mail with a `javascript:` link must not be.
 */
export function escapeHref(href: string): Html {
  const scheme = /^[\s\p{Cc}]*([a-z][a-z0-9+.\s\p{Cc}-]*):/iu.exec(href)?.[1]?.toLowerCase()
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') {
    throw new Failure(
      'digest-link-unsafe',
      'us',
      `A digest cannot hold a link that begins with "${scheme}:". Give an http or https address.`,
    )
  }
  return escapeHtml(href)
}

/** Pieces of markup, one after the other. */
export function joinHtml(pieces: readonly Html[]): Html {
  return pieces.join('') as Html
}

/** The part with its slots filled. Every slot must be given: the type says so. */
export function fillPart<Slot extends string>(
  part: Part<Slot>,
  values: Readonly<Record<Slot, Html>>,
): Html {
  let html = part.text[0] ?? ''
  for (let i = 0; i < part.slots.length; i++) {
    html += values[part.slots[i] as Slot] + (part.text[i + 1] ?? '')
  }
  return html as Html
}
