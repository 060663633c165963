import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Failure } from '../../model/failure.ts'
import { decodeTextInSlices } from '../../text/decode-text.ts'
import { parseFeed } from './parse-feed.ts'
import type { ParsedFeed } from './parsed-feed.ts'
import { MAX_FEED_BYTES } from './read-feed.ts'

/**
 * Reads a feed that lies in a file, given by path or `file:` URL, for the commands that a person
 * runs. Links in it are followed on the web only, never to other files.
 *
 * Throws a Failure: `feed-file-missing`, `feed-file-unreadable`, `feed-too-large`, or those of
 * `parseFeed`.
 */
export async function readFeedFile(
  path: string,
  { now, maxBytes = MAX_FEED_BYTES }: { now: Date; maxBytes?: number },
): Promise<{ feed: ParsedFeed; bodyHash: string }> {
  const file = path.startsWith('file:') ? fileURLToPath(path) : path
  const bytes = await readBytes(file, maxBytes)
  const bodyHash = createHash('sha256').update(bytes).digest('hex')
  const text = await decodeTextInSlices(bytes)
  const feed = await parseFeed(text, { url: pathToFileURL(file).href, now })
  return { feed, bodyHash }
}

async function readBytes(file: string, maxBytes: number): Promise<Uint8Array> {
  try {
    const found = await stat(file)
    // A folder has a size as well; reading it says what it is.
    if (found.isDirectory() || found.size <= maxBytes) return await readFile(file)
  } catch (cause) {
    throw fileFailure(file, cause)
  }
  const most = Math.ceil(maxBytes / 1_000_000)
  throw new Failure(
    'feed-too-large',
    'caller',
    `${file} is larger than ${most} MB, too large for a feed.`,
  )
}

function fileFailure(file: string, cause: unknown): Failure {
  const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
  if (isMissing) {
    return new Failure('feed-file-missing', 'caller', `There is no file ${file}. Check the path.`, {
      cause,
    })
  }
  const message = `${file} cannot be read. Check that it is a file and that you may read it.`
  return new Failure('feed-file-unreadable', 'caller', message, { cause })
}
