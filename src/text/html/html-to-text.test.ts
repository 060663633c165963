import { describe, expect, it } from 'vitest'
import { htmlToText } from './html-to-text.ts'
import { readBlocks } from './read-blocks.ts'

describe('htmlToText', () => {
  it.each([
    ['<p>One</p><p>Two<br>Three</p>', 'One\n\nTwo\nThree'],
    ['<ul><li>a</li><li>b</li></ul>end', '- a\n- b\n\nend'],
    ['<title>x</title><h1>Head</h1><div>Text</div>', 'Head\n\nText'],
    ['a<!-- no -->b<![CDATA[c]]>', 'abc'],
    ['&lt;p&gt;', '<p>'],
    ['', ''],
  ])('%j → %j', (html, text) => {
    expect(htmlToText(html)).toBe(text)
  })
})

describe('readBlocks', () => {
  it('reads a hundred thousand levels as one', () => {
    const blocks = readBlocks(`${'<div><b><a href="https://e.org">'.repeat(100_000)}deep`)
    expect(blocks).toEqual([
      {
        kind: 'p',
        ordered: false,
        level: 0,
        lines: [[{ text: 'deep', strong: true, em: false, code: false, href: 'https://e.org' }]],
      },
    ])
  })

  it('takes the first of two attributes of a name, as browsers do', () => {
    const [block] = readBlocks('<a href="https://one.example" href="https://two.example">x</a>')
    expect(block?.lines[0]?.[0]?.href).toBe('https://one.example')
  })
})
