import { readBlocks } from './read-blocks.ts'
import { renderBlocksAsText } from './render-blocks.ts'

/** The readable text of HTML, paragraphs parted by a blank line. Linear in the input. */
export function htmlToText(html: string): string {
  return renderBlocksAsText(readBlocks(html))
}
