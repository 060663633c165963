declare module 'lexrank.js' {
  /** Sentences of each paragraph with their weights. */
  export default function lexrank(text: string): { text: string; weight: number }[][]
}
