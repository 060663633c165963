import { describe, expect, it } from 'vitest'
import { linkNotesMoments } from './link-notes-moments.ts'

describe('moments in the show notes', () => {
  it.each([
    ['on the page', () => '#s7', '<a class="moment" href="#s7" data-seek="65">1:05</a>'],
    [
      'at the publisher’s',
      () => 'https://v.example/?a="1"&t=65s',
      '<a class="moment" href="https://v.example/?a=&quot;1&quot;&amp;t=65s">1:05</a>',
    ],
    ['nowhere', () => null, '<a class="moment" href="#transcript" data-seek="65">1:05</a>'],
  ])('lead to their place: %s', (_, find, html) => {
    expect(linkNotesMoments('<a href="#t=65">1:05</a>', find)).toBe(html)
  })

  it.each([
    '<a href="https://a.example/#t=65">x</a>',
    '<a href="#t=65x">x</a>',
    '<a href="#t=99999999">x</a>',
    '&lt;a href="#t=65"&gt;',
    '<p>no link</p>',
  ])('leave all else alone: %s', (html) => {
    expect(linkNotesMoments(html, () => '#s7')).toBe(html)
  })
})
