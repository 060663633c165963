import { describe, expect, it } from 'vitest'
import { plainLine } from './plain-line.ts'

describe('plainLine', () => {
  it.each([
    ['A title', 'A title'],
    ['  A\n title\u00a0 x ', 'A title x'],
    ['<b>Bold</b> &amp; <i class="x">it</i>', 'Bold & it'],
    ['AT&amp;T', 'AT&T'],
    ['AT&T', 'AT&T'],
    ['List<String> & Map<K, V>', 'List<String> & Map<K, V>'],
    ['1 < 2 and 3 > 2', '1 < 2 and 3 > 2'],
    ['Use &lt;b&gt; tags', 'Use <b> tags'],
    ['x<script>alert(1)</script>y', 'xy'],
    ['caf&eacute; &#8212; &bogus;', 'café — &bogus;'],
    ['a\u0000b\u0007c', 'abc'],
    ['a\tb\u000bc', 'a b c'],
    ['&lt;i&gt;Salt&lt;/i&gt; and more', 'Salt and more'],
    ['\ud800x', '\ufffdx'],
    ['', ''],
  ])('%j → %j', (raw, expected) => {
    expect(plainLine(raw)).toBe(expected)
  })

  it('cuts what is too long', () => {
    expect(plainLine('word '.repeat(1000), 20)).toBe('word word word word…')
    expect(plainLine('word '.repeat(1000), 20).length).toBeLessThanOrEqual(20)
  })
})
