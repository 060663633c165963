import type { SpokenChapter } from './find-chapters.ts'

/** Blocks of a summary, and sentences of each. */
export const BLOCKS = 4
export const SENTENCES_PER_BLOCK = 3

/**
 * Groups chapters into at most `BLOCKS` contiguous blocks of about equal words; returns the block
 * of each chapter. A text in one chapter is one block.
 */
export function groupBlocks(
  chapters: readonly SpokenChapter[],
  wordsOf: (index: number) => number,
) {
  const words = chapters.map((_, index) => wordsOf(index))
  const total = words.reduce((sum, count) => sum + count, 0)
  const blocks = Math.min(BLOCKS, chapters.length)
  let before = 0
  return words.map((count) => {
    const middle = before + count / 2
    before += count
    return total === 0 ? 0 : Math.min(blocks - 1, Math.floor((middle / total) * blocks))
  })
}
