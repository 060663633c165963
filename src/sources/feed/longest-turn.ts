/**
 * For tests: runs `work` and gives, with its result, the most processor time in milliseconds that
 * one turn of the event loop took while it ran. Time of other processes does not count.
 */
export async function longestTurn<T>(work: () => Promise<T>): Promise<{ result: T; ms: number }> {
  let longest = 0
  let isOver = false
  let last = process.threadCpuUsage()
  const look = () => {
    const spent = process.threadCpuUsage(last)
    longest = Math.max(longest, spent.user + spent.system)
    last = process.threadCpuUsage()
    if (!isOver) setImmediate(look)
  }
  setImmediate(look)
  try {
    const result = await work()
    return { result, ms: longest / 1000 }
  } finally {
    isOver = true
  }
}
