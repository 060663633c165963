import { expect, it } from 'vitest'
import { proseOfNotes } from './prose-of-notes.ts'

it.each([
  ['One sentence. Another.', 'One sentence. Another.'],
  ['00:00 Hello\n01:52 The gate\n\nWe talk about gates.', 'We talk about gates.'],
  ['(1:02:03) The end\n- 12:30 Middle\nThe wall (00:22:51)', ''],
  ['Doors open at 7:00 PM for everyone.', 'Doors open at 7:00 PM for everyone.'],
  ['Drawings (free): bench.example/drawings', ''],
  ['Follow us:\nhttps://social.example/us\n#tides #engineering', 'Follow us:'],
  [
    'The report on https://port.example/report says that the wall leaks.',
    'The report on https://port.example/report says that the wall leaks.',
  ],
  ['One.\n\n00:00 Two\n\nThree.', 'One.\n\nThree.'],
  ['', ''],
])('%j', (notes, prose) => {
  expect(proseOfNotes(notes)).toBe(prose)
})
