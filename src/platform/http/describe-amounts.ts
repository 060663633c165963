/** Bytes in words for people: “20 MB”, “64 KB”, “900 bytes”. */
export function describeBytes(bytes: number): string {
  if (bytes >= 1e6) return `${round(bytes / 1e6)} MB`
  if (bytes >= 1e3) return `${round(bytes / 1e3)} KB`
  return `${bytes} bytes`
}

/** A time limit in words for people: “10 seconds”, “2 minutes”, “300 milliseconds”. */
export function describeMs(ms: number): string {
  if (ms >= 120_000) return `${round(ms / 60_000)} minutes`
  if (ms >= 1000) return `${round(ms / 1000)} seconds`
  return `${ms} milliseconds`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
