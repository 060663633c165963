import { open } from 'node:fs/promises'

/** Returns when the file, or the list of names in a folder, will survive a power cut. */
export async function syncToDisk(path: string): Promise<void> {
  // Windows can only sync what is open for writing, and no folders at all.
  const file = await open(path, process.platform === 'win32' ? 'r+' : 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
