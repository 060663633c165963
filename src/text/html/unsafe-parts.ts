import { Parser } from 'htmlparser2'

const ELEMENTS = new Set('p br h4 ul ol li blockquote pre hr a strong em code'.split(' '))

/**
 * For tests: what in a piece of HTML may not stand on a page, as an independent parser sees it.
 * Empty for all that `cleanNotes` gives.
 */
export function unsafeParts(html: string): string[] {
  const found: string[] = []
  const parser = new Parser({
    onopentag(name, attributes) {
      if (!ELEMENTS.has(name)) found.push(`<${name}>`)
      for (const [attribute, value] of Object.entries(attributes)) {
        if (name !== 'a' || (attribute !== 'href' && attribute !== 'rel'))
          found.push(`${name} ${attribute}`)
        if (attribute === 'href' && !/^(?:https?:\/\/|mailto:|#t=\d+$)/.test(value))
          found.push(value)
      }
      const isOutside = name === 'a' && !/^#t=/.test(attributes.href ?? '#t=')
      if (isOutside && attributes.rel !== 'noopener noreferrer nofollow ugc') found.push('rel')
    },
    oncomment: (text) => void found.push(`<!--${text}`),
    onprocessinginstruction: (name) => void found.push(`<${name}`),
    oncdatastart: () => void found.push('<![CDATA['),
  })
  parser.end(html)
  return found
}
