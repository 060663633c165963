import type { NameFix } from '../../model/summary.ts'

/** A line of ours with names put right. Quotes are never given to this: they stay as heard. */
export function fixName(text: string, fixes: readonly NameFix[]): string {
  return fixes.reduce((line, { heard, shown }) => {
    const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${RegExp.escape(heard)}(?![\\p{L}\\p{N}])`, 'gu')
    return line.replace(pattern, () => shown)
  }, text)
}
