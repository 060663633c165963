import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { alignColumns, openTerminal } from './terminal.ts'

const open = (isTTY: boolean, columns = 20) => {
  const [out, err]: [string[], string[]] = [[], []]
  const terminal = openTerminal(
    { write: (text) => out.push(text), isTTY },
    { write: (text) => err.push(text), isTTY, columns },
  )
  return { terminal, out, err }
}
const CLEAR = '\r\x1b[2K'

describe('openTerminal', () => {
  it('writes results to the one and all else to the other', () => {
    const { terminal, out, err } = open(false)
    terminal.out('result')
    terminal.err('remark')
    expect([out, err]).toEqual([['result\n'], ['remark\n']])
  })

  it('shows progress in place, and clears it before anything else', () => {
    const { terminal, out, err } = open(true)
    terminal.progress('one')
    terminal.progress('two')
    terminal.out('result')
    terminal.err('remark')
    expect(err.join('')).toContain('one')
    expect(err.filter((text) => text === CLEAR)).toHaveLength(2)
    expect(err.at(-1)).toBe('remark\n')
    expect(out).toEqual(['result\n'])
  })

  it('cuts progress to one line', () => {
    const { terminal, err } = open(true, 12)
    terminal.progress('a\nb and a title that is far too long')
    expect(stripVTControlCharacters(err.join(''))).toBe('a b and a …')
  })

  it('lets nobody’s words but colours reach a screen, and leaves what is piped as it is', () => {
    const text = 'a\u001b]0;title\u0007b\u001b[2Jc\r\u009b31md\u001b[1;31me\tf\ng'
    const [screen, pipe] = [open(true), open(false)]
    for (const { terminal } of [screen, pipe]) {
      terminal.out(text)
      terminal.err(text)
    }
    const shown = 'a]0;titleb[2Jc31md\u001b[1;31me\tf\ng\n'
    expect([screen.out, screen.err]).toEqual([[shown], [shown]])
    expect([pipe.out, pipe.err]).toEqual([[`${text}\n`], [`${text}\n`]])
  })

  it('shows no progress and no colours where nobody is watching', () => {
    const { terminal, err } = open(false)
    terminal.progress('one')
    expect(err).toEqual([])
    expect(terminal.colours.red('x')).toBe('x')
  })
})

describe('alignColumns', () => {
  it.each([
    [
      [
        ['a', 'bb'],
        ['ccc', 'd'],
      ],
      'a    bb\nccc  d',
    ],
    [[['a'], ['b', 'c']], 'a\nb  c'],
    [[['a', '']], 'a'],
    [[], ''],
  ])('%j', (rows, text) => {
    expect(alignColumns(rows)).toBe(text)
  })
})
