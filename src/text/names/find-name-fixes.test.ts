import { describe, expect, it } from 'vitest'
import { readTranscript } from '../reading.ts'
import { findNameChanges } from './find-name-fixes.ts'
import { collectRoster } from './name-roster.ts'

function changes(text: string, persons: readonly string[], notes = '') {
  const segments = [{ start: 0, end: 1, speaker: null, text }]
  const reading = readTranscript({ language: 'en', origin: 'captions', segments }, 'en')
  const roster = collectRoster({
    persons: persons.map((name) => ({ name, role: null })),
    title: '',
    show: '',
    notes: { html: '', text: notes, links: [], chapters: [] },
    chapterTitles: [],
    earlier: [],
  })
  const { fixes, suggestions } = findNameChanges(reading, roster)
  return {
    fixes: fixes.map(({ heard, shown }) => `${heard} → ${shown}`),
    suggestions: suggestions.map(({ heard, shown }) => `${heard} → ${shown}`),
  }
}

describe('findNameChanges', () => {
  it.each([
    [
      'a full name with one half right',
      'Then Zoram Mamdani won.',
      ['Zohran Mamdani'],
      ['Zoram Mamdani → Zohran Mamdani'],
    ],
    [
      'a long unknown word heard twice',
      'We asked Freeberg. And Freeberg said no.',
      ['David Friedberg'],
      ['Freeberg → Friedberg'],
    ],
    ['two given names', 'Then Stephen Adams won.', ['Stephanie Adams'], []],
    ['an ordinary word', 'We saw Atoms and more Atoms.', ['Amy Adams'], []],
    ['a name that is right', 'Here is Zohran Mamdani.', ['Zohran Mamdani'], []],
    [
      'people who are not there',
      'Kubernetes runs Docker on Debian.',
      ['Marcus Friedberg', 'Petra Attaway'],
      [],
    ],
  ])('handles %s', (_, text, persons, fixes) => {
    expect(changes(text, persons).fixes).toEqual(fixes)
  })

  it('takes the handle in the notes as proof', () => {
    const found = changes(
      'We asked Freeberg about it.',
      [],
      'Follow him at https://twitter.com/friedberg',
    )
    expect(found.fixes).toEqual(['Freeberg → Friedberg'])
  })

  it('only suggests what was heard once', () => {
    const found = changes('We asked Freeberg about it.', ['David Friedberg'])
    expect(found).toEqual({ fixes: [], suggestions: ['Freeberg → Friedberg'] })
  })
})
