const LINE_FEED = 0x0a

/**
 * Cuts a stream of UTF-8 bytes at its line feeds and nowhere else. Node's readline also cuts at
 * U+2028 and U+2029, which JSON leaves as they are inside a text.
 */
export async function* splitLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let begun: Uint8Array[] = []
  for await (const chunk of bytes) {
    let from = 0
    for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, from)) {
      begun.push(chunk.subarray(from, at))
      yield Buffer.concat(begun).toString('utf8')
      begun = []
      from = at + 1
    }
    if (from < chunk.length) begun.push(chunk.subarray(from))
  }
  if (begun.length > 0) yield Buffer.concat(begun).toString('utf8')
}
