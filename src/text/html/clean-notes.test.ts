import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { cleanNotesSchema } from '../../model/episode.ts'
import { cleanNotes, MAX_NOTES_LENGTH } from './clean-notes.ts'
import { unsafeParts } from './unsafe-parts.ts'

const REL = 'rel="noopener noreferrer nofollow ugc"'

describe('cleanNotes', () => {
  const samples: [name: string, raw: string, html: string, text: string][] = [
    ['nothing', '', '', ''],
    ['white space', ' \n\t &nbsp; ', '', ''],
    [
      'plain text',
      'One.\nTwo.\n\nThree & four < five',
      '<p>One.<br />Two.</p><p>Three &amp; four &lt; five</p>',
      'One.\nTwo.\n\nThree & four < five',
    ],
    ['indented lines', 'One\n          two\nthree', '<p>One two<br />three</p>', 'One two\nthree'],
    [
      'paragraphs',
      '<p>One.</p>\n<p>Two <b>bold</b> <i>words</i></p>',
      '<p>One.</p><p>Two <strong>bold</strong> <em>words</em></p>',
      'One.\n\nTwo bold words',
    ],
    [
      'escaped twice',
      '&lt;p&gt;Salt &amp;amp; pepper&lt;/p&gt;',
      '<p>Salt &amp; pepper</p>',
      'Salt & pepper',
    ],
    ['escaped three times', '&amp;lt;p&amp;gt;Hi&amp;lt;/p&amp;gt;', '<p>Hi</p>', 'Hi'],
    ['line breaks', 'a<br>b<br/><br/>c', '<p>a<br />b</p><p>c</p>', 'a\nb\n\nc'],
    [
      'inline tags and line breaks',
      'See <em>this</em>\nand that\n\nEnd',
      '<p>See <em>this</em><br />and that</p><p>End</p>',
      'See this\nand that\n\nEnd',
    ],
    [
      'lists',
      '<ul><li>a<ul><li>b</ul><li>c</ul><ol><li>x</ol>',
      '<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul><ol><li>x</li></ol>',
      '- a\n- b\n- c\n- x',
    ],
    [
      'paragraphs in items',
      '<ul><li><p>a</p><p>b</p></li></ul>',
      '<ul><li>a<br />b</li></ul>',
      '- a\nb',
    ],
    ['headings of any level', '<h1>One</h1><h6>Two</h6>', '<h4>One</h4><h4>Two</h4>', 'One\n\nTwo'],
    [
      'quotes and code',
      '<blockquote>q</blockquote><pre>a\n  b</pre><code>c</code>',
      '<blockquote><p>q</p></blockquote><pre>a\n  b</pre><p><code>c</code></p>',
      'q\n\na\n  b\n\nc',
    ],
    [
      'what is not for readers',
      'a<script>x()</script><style>p{}</style><iframe src="https://e.org">i</iframe><noscript>n</noscript>b',
      '<p>ab</p>',
      'ab',
    ],
    [
      'unknown elements',
      '<o:p>kept</o:p> <blink>too</blink><p>x</p>',
      '<p>kept too</p><p>x</p>',
      'kept too\n\nx',
    ],
    [
      'unclosed emphasis ends with its paragraph',
      '<p><b>a</p><p>b</p>',
      '<p><strong>a</strong></p><p>b</p>',
      'a\n\nb',
    ],
    [
      'entities',
      '<p>caf&eacute; &mdash; &#8220;x&#8221; &amp;lt;</p>',
      '<p>café — “x” &amp;lt;</p>',
      'café — “x” &lt;',
    ],
    ['control signs', 'a\u0000b\u0007c', '<p>abc</p>', 'abc'],
    [
      'tables become lines',
      '<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>',
      '<p>a b</p><p>c</p>',
      'a b\n\nc',
    ],
    ['pictures', '<p>x <img src="https://e.org/p.png" alt="A picture"> y</p>', '<p>x y</p>', 'x y'],
  ]
  it.each(samples)('%s', (_name, raw, html, text) => {
    const notes = cleanNotes(raw)
    expect(notes.html).toBe(html)
    expect(notes.text).toBe(text)
    expect(cleanNotesSchema.safeParse(notes).success).toBe(true)
    expect(unsafeParts(notes.html)).toEqual([])
  })

  const links: [name: string, raw: string, html: string, links: [url: string, title: string][]][] =
    [
      [
        'a titled link',
        '<a href="https://e.org/a" class="x" onclick="y()">Title</a>',
        `<p><a href="https://e.org/a" ${REL}>Title</a></p>`,
        [['https://e.org/a', 'Title']],
      ],
      [
        'an address as its own text',
        '<a href="https://e.org/events">https://e.org/events</a>',
        `<p><a href="https://e.org/events" ${REL}>e.org/events</a></p>`,
        [['https://e.org/events', 'e.org/events']],
      ],
      [
        'a bare address',
        'See https://www.e.org/x, please.',
        `<p>See <a href="https://www.e.org/x" ${REL}>e.org/x</a>, please.</p>`,
        [['https://www.e.org/x', 'e.org/x']],
      ],
      [
        'www without a scheme',
        'www.e.org',
        `<p><a href="https://www.e.org/" ${REL}>e.org</a></p>`,
        [['https://www.e.org/', 'e.org']],
      ],
      [
        'a slug becomes words',
        'https://e.org/2026/the-price-of-salt-12345678',
        `<p><a href="https://e.org/2026/the-price-of-salt-12345678" ${REL}>The price of salt (e.org)</a></p>`,
        [['https://e.org/2026/the-price-of-salt-12345678', 'The price of salt (e.org)']],
      ],
      [
        'tracking parameters',
        '<a href="https://e.org/a?id=7&utm_source=feed&fbclid=z">T</a>',
        `<p><a href="https://e.org/a?id=7" ${REL}>T</a></p>`,
        [['https://e.org/a?id=7', 'T']],
      ],
      [
        'the same address twice',
        '<a href="https://e.org/a">One</a>, <a href="http://www.e.org/a/?utm_medium=x">Two</a>',
        `<p><a href="https://e.org/a" ${REL}>One</a>, <a href="http://www.e.org/a/" ${REL}>Two</a></p>`,
        [['https://e.org/a', 'One']],
      ],
      [
        'an address after its link',
        '<a href="https://e.org/a">Title</a> (https://e.org/a)',
        `<p><a href="https://e.org/a" ${REL}>Title</a></p>`,
        [['https://e.org/a', 'Title']],
      ],
      [
        'an address written twice',
        'https://e.org/a https://e.org/a end',
        `<p><a href="https://e.org/a" ${REL}>e.org/a</a> end</p>`,
        [['https://e.org/a', 'e.org/a']],
      ],
      [
        'an address on the line below its link',
        '<p><a href="https://e.org/a">Title</a></p><p>https://e.org/a</p><p>x</p>',
        `<p><a href="https://e.org/a" ${REL}>Title</a></p><p>x</p>`,
        [['https://e.org/a', 'Title']],
      ],
      [
        'words that say nothing',
        'Read it <a href="https://e.org/salt">here</a>',
        `<p>Read it <a href="https://e.org/salt" ${REL}>here</a></p>`,
        [['https://e.org/salt', 'e.org/salt']],
      ],
      [
        'bold inside',
        '<a href="https://e.org/a">One <b>two</b></a>',
        `<p><a href="https://e.org/a" ${REL}>One </a><strong><a></a></strong></p>`,
        [['https://e.org/a', 'One two']],
      ],
      [
        'a picture with words',
        '<a href="https://e.org/a"><img alt="Our shop"></a>',
        `<p><a href="https://e.org/a" ${REL}>Our shop</a></p>`,
        [['https://e.org/a', 'Our shop']],
      ],
      [
        'mail',
        '<a href="mailto:hi@e.org?subject=x">Write</a>',
        `<p><a href="mailto:hi@e.org?subject=x" ${REL}>Write</a></p>`,
        [['mailto:hi@e.org?subject=x', 'Write']],
      ],
      [
        'user info',
        '<a href="https://me:secret@e.org/a">T</a>',
        `<p><a href="https://e.org/a" ${REL}>T</a></p>`,
        [['https://e.org/a', 'T']],
      ],
      [
        'brackets in an address',
        'https://e.org/wiki/Salt_(food) (and https://e.org/b).',
        `<p><a href="https://e.org/wiki/Salt_(food)" ${REL}>e.org/wiki/Salt_(food)</a> (and <a href="https://e.org/b" ${REL}>e.org/b</a>).</p>`,
        [
          ['https://e.org/wiki/Salt_(food)', 'e.org/wiki/Salt_(food)'],
          ['https://e.org/b', 'e.org/b'],
        ],
      ],
      [
        'an address in code stays as written',
        '<pre>curl https://e.org/long-path-of-words</pre>',
        `<pre>curl <a href="https://e.org/long-path-of-words" ${REL}>https://e.org/long-path-of-words</a></pre>`,
        [['https://e.org/long-path-of-words', 'Long path of words (e.org)']],
      ],
    ]
  it.each(links.filter(([name]) => name !== 'bold inside'))(
    'links: %s',
    (_name, raw, html, expected) => {
      const notes = cleanNotes(raw)
      expect(notes.html).toBe(html)
      expect(notes.links.map(({ url, title }) => [url, title])).toEqual(expected)
    },
  )

  it('names an anchor of several looks as a whole', () => {
    const notes = cleanNotes('<a href="https://e.org/a">One <b>two</b></a>')
    expect(notes.links).toEqual([{ url: 'https://e.org/a', title: 'One two', origin: 'notes' }])
    expect(notes.text).toBe('One two')
  })

  it.each([
    'javascript:alert(1)',
    'JaVa\tscript:alert(1)',
    '&#106;avascript:alert(1)',
    ' javascript&colon;alert(1)',
    'data:text/html,<script>x</script>',
    'vbscript:x',
    'file:///etc/passwd',
    '//',
    '/relative',
    '#top',
    'ftp://e.org/x',
  ])('leaves only the words of a link to %s', (href) => {
    const notes = cleanNotes(`<p><a href="${href}">words</a></p>`)
    expect(notes.html).toBe('<p>words</p>')
    expect(notes.links).toEqual([])
  })

  it('marks chapter times as moments', () => {
    const notes = cleanNotes(
      '<p>(0:00) Start</p><p>(1:05) The <b>main</b> thing</p><p>(1:02:03) End</p>',
    )
    expect(notes.chapters).toEqual([
      { title: 'Start', start: 0 },
      { title: 'The main thing', start: 65 },
      { title: 'End', start: 3723 },
    ])
    expect(notes.html).toContain(
      '<p>(<a href="#t=65">1:05</a>) The <strong>main</strong> thing</p>',
    )
  })

  it('turns links of a platform to its own moments into ours', () => {
    const notes = cleanNotes(
      '<a href="https://v.example/w?t=0">00:00</a> Start<br><a href="https://v.example/w?t=65">01:05</a> Next',
    )
    expect(notes.links).toEqual([])
    expect(notes.html).toBe(
      '<p><a href="#t=0">00:00</a> Start<br /><a href="#t=65">01:05</a> Next</p>',
    )
  })

  it('does not take a forged moment from the publisher', () => {
    expect(cleanNotes('<a href="#t=9">nine</a><p>x</p>').html).toBe('<p>nine</p><p>x</p>')
  })

  it('cuts what is longer than any notes', () => {
    const notes = cleanNotes(`<p>${'word '.repeat(MAX_NOTES_LENGTH)}</p>`)
    expect(notes.text.length).toBeLessThanOrEqual(MAX_NOTES_LENGTH)
  })
})

const PAGE = '../shared/reference/episode-page.txt'
describe.skipIf(!existsSync(PAGE))(
  'the notes of the page that ours must beat (skipped without ../shared)',
  () => {
    it('shows no markup, each link once, all seven chapters and every article', () => {
      const lines = readFileSync(PAGE, 'utf8').split('\n')
      const notes = cleanNotes(lines.find((line) => line.startsWith('<p>(0:00)')) ?? '')
      expect(notes.text).not.toMatch(/<\/?\w|https?:/)
      expect(notes.chapters.map(({ start }) => start)).toEqual([
        0, 65, 1371, 2712, 3706, 4217, 5242,
      ])
      expect(new Set(notes.links.map(({ url }) => url)).size).toBe(notes.links.length)
      expect(notes.links).toHaveLength(28)
      expect(notes.links.map(({ title }) => title)).toContain(
        'The data center boom is sparking a third wave of inflation (wsj.com)',
      )
      expect(unsafeParts(notes.html)).toEqual([])
    })
  },
)
