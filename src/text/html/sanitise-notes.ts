import sanitizeHtml from 'sanitize-html'
import { OUTSIDE_LINK_REL } from './render-blocks.ts'

const MOMENT = /^#t=\d{1,6}$/

const OPTIONS: sanitizeHtml.IOptions = {
  allowedTags: [
    'p',
    'br',
    'h4',
    'ul',
    'ol',
    'li',
    'blockquote',
    'pre',
    'hr',
    'a',
    'strong',
    'em',
    'code',
  ],
  allowedAttributes: { a: ['href', 'rel'] },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
  nestingLimit: 24,
  parseStyleAttributes: false,
  transformTags: { a: onlyCheckedLink },
}

/**
 * The last gate before notes reach a page: thirteen elements, `href` and `rel` on links, schemes
 * http, https and mailto, and `#t=SECONDS`. Meant for what `renderBlocksAsHtml` wrote, and safe
 * for anything else; the caller bounds the size and nesting.
 */
export function sanitiseNotes(html: string): string {
  return sanitizeHtml(html, OPTIONS)
}

function onlyCheckedLink(tagName: string, attributes: sanitizeHtml.Attributes): sanitizeHtml.Tag {
  const { href } = attributes
  if (href === undefined) return { tagName, attribs: {} }
  if (MOMENT.test(href)) return { tagName, attribs: { href } }
  if (!/^(?:https?|mailto):/i.test(href)) return { tagName, attribs: {} }
  return { tagName, attribs: { href, rel: OUTSIDE_LINK_REL } }
}
