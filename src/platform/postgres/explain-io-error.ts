import { Failure, isFailure } from '../../model/failure.ts'

type Explanation = { code: string; words: string }

const explanations: Record<string, Explanation> = {
  ENOSPC: {
    code: 'disk-full',
    words: 'The disk is full (or out of inodes). Free some space there, then start again',
  },
  EDQUOT: {
    code: 'disk-full',
    words: 'Your disk quota is used up. Free some space there, then start again',
  },
  EROFS: {
    code: 'data-folder-read-only',
    words:
      'That file system is read-only. Remount it for writing, or set MURMURCAST_DATA to a folder that can be written',
  },
  EACCES: {
    code: 'data-folder-not-writable',
    words:
      'This user may not write there. Change the owner of the folder, or set MURMURCAST_DATA to one of your own',
  },
  EIO: {
    code: 'disk-error',
    words: 'The disk reports a read or write error. Check the disk before starting again',
  },
  ENOTDIR: {
    code: 'data-folder-unusable',
    words: 'A part of that path is a file, not a folder. Set MURMURCAST_DATA to a folder',
  },
}
const aliases: Record<string, string> = { EPERM: 'EACCES', EEXIST: 'ENOTDIR' }

/** The errno name of an error of the operating system, or '' for any other error. */
export function errnoOf(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error)) return ''
  return typeof error.code === 'string' ? error.code : ''
}

/**
 * A Failure in plain words for an error of the file system met while doing `what` ("make the
 * folder /x"). A Failure is returned as it is.
 */
export function explainIoError(error: unknown, what: string): Failure {
  if (isFailure(error)) return error
  const errno = errnoOf(error)
  const known = explanations[aliases[errno] ?? errno]
  if (known)
    return new Failure(known.code, 'outside', `Could not ${what}. ${known.words}.`, {
      cause: error,
    })
  const detail = error instanceof Error ? error.message : String(error)
  return new Failure('database-start-failed', 'us', `Could not ${what}: ${detail}.`, {
    cause: error,
  })
}

/** Runs `work`; an error of the file system comes out as a Failure that says what was tried. */
export async function explained<T>(what: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw explainIoError(error, what)
  }
}
