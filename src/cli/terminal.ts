import pc from 'picocolors'

/** Where a command writes: results to `out`, everything else to `err`. */
export type Terminal = {
  out: (text: string) => void
  err: (text: string) => void
  /** Shows what is being done, in place, when a person is watching; nothing otherwise. */
  progress: (text: string) => void
  colours: ReturnType<typeof pc.createColors>
}

type Stream = { write: (text: string) => unknown; isTTY?: boolean; columns?: number }

/**
 * A terminal over two streams. Progress is shown on `err` if that is a terminal. What reaches a
 * screen can colour it and nothing else: titles of feeds are other people's words.
 */
export function openTerminal(stdout: Stream, stderr: Stream): Terminal {
  let shown = false
  const clear = (): void => {
    if (shown) stderr.write('\r\x1b[2K')
    shown = false
  }
  return {
    out: (text) => {
      clear()
      stdout.write(`${forScreen(stdout, text)}\n`)
    },
    err: (text) => {
      clear()
      stderr.write(`${forScreen(stderr, text)}\n`)
    },
    progress: (text) => {
      if (!stderr.isTTY) return
      clear()
      stderr.write(pc.dim(clip(inOneLine(text), (stderr.columns ?? 80) - 1)))
      shown = true
    },
    colours: pc.createColors(pc.isColorSupported && stdout.isTTY === true),
  }
}

const ESCAPE = '\u001b'
/** A control character, with what makes it a change of colour if that follows. */
const CONTROL = /\p{Cc}(\[[\d;]*m)?/gu

function forScreen(stream: Stream, text: string): string {
  if (!stream.isTTY) return text
  return text.replace(CONTROL, (found, colour: string | undefined) => {
    const isHarmless = colour === undefined ? /[\n\t]/.test(found) : found.startsWith(ESCAPE)
    return isHarmless ? found : (colour ?? '')
  })
}

const inOneLine = (text: string): string => text.replace(/[\p{Cc}\s]+/gu, ' ')

/** Rows of words in columns as wide as their widest cell. */
export function alignColumns(rows: readonly (readonly string[])[], gap = '  '): string {
  const widths: number[] = []
  for (const row of rows) {
    for (const [column, cell] of row.entries()) {
      widths[column] = Math.max(widths[column] ?? 0, cell.length)
    }
  }
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join(gap)
        .trimEnd(),
    )
    .join('\n')
}

const clip = (text: string, width: number): string =>
  text.length > width ? `${text.slice(0, width - 1)}…` : text
