const DAY_MS = 86_400_000
const LONGEST_WAIT_MS = 3 * DAY_MS

/**
 * True for a video that a channel's feed announces before there is anything to hear: a premiere, a
 * scheduled stream, a video that is still being prepared. The feed does not say so, but nobody has
 * seen such a video yet. After three days it counts as any other, for channels that nobody watches.
 */
export function isUpcoming(
  { views, publishedAt }: { views: number | undefined; publishedAt: Date | null },
  now: Date,
): boolean {
  if (views !== 0 || publishedAt === null) return false
  return now.getTime() - publishedAt.getTime() < LONGEST_WAIT_MS
}
