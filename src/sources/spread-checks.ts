/** Between the first checks of two sources, and of two that lie on one host. */
const EACH_MS = 1_000
const EACH_OF_A_HOST_MS = 10_000

/**
 * How long each of many new sources waits for its first check, in milliseconds, so that neither we
 * nor a host that serves hundreds of them is flooded: one a second, and one in ten seconds of a host.
 */
export function spreadChecks(urls: readonly string[]): number[] {
  const ofHost = new Map<string, number>()
  return urls.map((url, index) => {
    const host = URL.parse(url)?.hostname ?? ''
    const before = ofHost.get(host) ?? 0
    ofHost.set(host, before + 1)
    return Math.max(index * EACH_MS, before * EACH_OF_A_HOST_MS)
  })
}
