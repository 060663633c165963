import { describe, expect, it } from 'vitest'
import { findChapterTimes } from './find-chapter-times.ts'

function chaptersIn(text: string): [start: number, title: string][] {
  return findChapterTimes(text.split('\n')).map(({ start, title }) => [start, title])
}

describe('findChapterTimes', () => {
  const lists: [name: string, text: string, chapters: [number, string][]][] = [
    [
      'in round brackets',
      '(0:00) A start\n(1:05) Then',
      [
        [0, 'A start'],
        [65, 'Then'],
      ],
    ],
    [
      'in square brackets',
      '[00:00:00] Start\n[1:02:03] End',
      [
        [0, 'Start'],
        [3723, 'End'],
      ],
    ],
    [
      'with dashes',
      '00:00 - Start\n00:22:51 – Middle\n01:00:00 — End',
      [
        [0, 'Start'],
        [1371, 'Middle'],
        [3600, 'End'],
      ],
    ],
    [
      'at the end',
      'Start 0:00\nMiddle part - 12:30\nEnd (1:02:03)',
      [
        [0, 'Start'],
        [750, 'Middle part'],
        [3723, 'End'],
      ],
    ],
    [
      'without a zero, three of them',
      '2:10 One\n5:20 Two\n8:31 Three',
      [
        [130, 'One'],
        [320, 'Two'],
        [511, 'Three'],
      ],
    ],
    [
      'with bullets and numbers',
      '• 0:00 One\n2. 1:00 Two\n▶️ 3:05: Three',
      [
        [0, 'One'],
        [60, 'Two'],
        [185, 'Three'],
      ],
    ],
    [
      'as ranges',
      '0:00 - 1:10 One\n1:10-2:20 Two',
      [
        [0, 'One'],
        [70, 'Two'],
      ],
    ],
    [
      'ranges at the end',
      'One (0:00 - 1:10)\nTwo (1:10 - 2:20)',
      [
        [0, 'One'],
        [70, 'Two'],
      ],
    ],
    [
      'all on one line',
      'Chapters: (0:00) One (1:10) Two (2:20) Three',
      [
        [0, 'One'],
        [70, 'Two'],
        [140, 'Three'],
      ],
    ],
    [
      'all on one line without brackets',
      '0:00 One 1:10 Two 2:20 Three',
      [
        [0, 'One'],
        [70, 'Two'],
        [140, 'Three'],
      ],
    ],
    [
      'titles on the line below',
      '00:00\nOne\n01:10\nTwo\n02:20\nThree',
      [
        [0, 'One'],
        [70, 'Two'],
        [140, 'Three'],
      ],
    ],
    [
      'with fractions',
      '00:00:00.000 One\n00:01:10.500 Two',
      [
        [0, 'One'],
        [70, 'Two'],
      ],
    ],
    [
      'minutes beyond an hour',
      '0:00 One\n75:30 Two',
      [
        [0, 'One'],
        [4530, 'Two'],
      ],
    ],
    [
      'repeated',
      '0:00 One\n1:10 Two\n0:00 One\n1:10 Two',
      [
        [0, 'One'],
        [70, 'Two'],
      ],
    ],
    [
      'with one mistyped',
      '0:00 One\n11:10 Two\n2:20 Three\n13:30 Four\n14:40 Five',
      [
        [0, 'One'],
        [140, 'Three'],
        [810, 'Four'],
        [880, 'Five'],
      ],
    ],
    [
      'the longer of two lists',
      '0:00 A\n1:00 B\n2:00 C\nVideo:\n0:00 A1\n1:10 B1\n2:10 C1\n3:10 D1',
      [
        [0, 'A1'],
        [70, 'B1'],
        [130, 'C1'],
        [190, 'D1'],
      ],
    ],
    [
      'among prose',
      'Hello.\n\n0:00 One\n1:10 Two\n\nFollow us at 7:00 PM',
      [
        [0, 'One'],
        [70, 'Two'],
      ],
    ],
    [
      'titles with signs kept',
      '0:00 “Quoted” and #5\n1:10 $3 — a price',
      [
        [0, '“Quoted” and #5'],
        [70, '$3 — a price'],
      ],
    ],
    [
      'titles with addresses',
      '0:00 One https://e.org/x\n1:10 Two',
      [
        [0, 'One'],
        [70, 'Two'],
      ],
    ],
  ]
  it.each(lists)('finds times %s', (_name, text, chapters) => {
    expect(chaptersIn(text)).toEqual(chapters)
  })

  it.each([
    ['one time alone', '0:00 Start'],
    ['two that do not begin at zero', '2:10 One\n5:20 Two'],
    ['times of day', '7:00 PM Doors\n8:30 p.m. Show\n11:00 PM End'],
    ['a programme of the day', '18:00 Doors\n19:30 Show\n22:00 End'],
    ['zones', '10:00 ET Opening\n11:05 PT Second\n12:10 GMT Third'],
    ['lengths', '0:30 minutes of this\n1:10 minutes of that\n2:20 hours of it'],
    ['verses', 'Romans 3:16\nJohn 4:10\nActs 5:11'],
    ['scores and ratios', 'They won 21:14\nand 28:03 later on'],
    ['prose', 'We met at 5:30 and by 6:45 we had gone, though 7:10 was the plan.'],
    ['dates with times', '2026-05-01 12:30\n2026-05-02 12:40\n2026-05-03 12:50'],
    ['addresses and ports', 'http://127.0.0.1:8080\nlocalhost:3000\n[::1]:5432'],
    ['falling times', '9:00 A\n8:00 B\n7:00 C'],
    ['times without titles', '0:00\n1:10\n2:20'],
    [
      'times of sources',
      '0:11 Source: A paper, 2017.\n0:27 Source: Another paper.\n0:46 Photo by Ada',
    ],
    ['impossible times', '0:75 One\n1:99:10 Two\n2:60 Three'],
  ])('is not fooled by %s', (_name, text) => {
    expect(chaptersIn(text)).toEqual([])
  })

  it('says where the digits stand', () => {
    const [, second] = findChapterTimes(['(0:00) One', 'Two — 1:10'])
    expect(second).toEqual({ line: 1, from: 6, to: 10, start: 70, title: 'Two' })
  })

  it('gives times ascending and titles for anything', () => {
    const lines = Array.from(
      { length: 3000 },
      (_, n) => `${(n * 7919) % 600}:${String(n % 60).padStart(2, '0')} T${n}`,
    )
    const chapters = findChapterTimes(lines)
    expect(chapters.length).toBeGreaterThan(2)
    for (const [n, chapter] of chapters.entries()) {
      expect(chapter.start).toBeGreaterThan(chapters[n - 1]?.start ?? -1)
      expect(chapter.title).toMatch(/\p{L}/u)
    }
  })
})
