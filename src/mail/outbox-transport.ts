import { createHash } from 'node:crypto'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '../model/failure.ts'
import type { MailTransport, OutgoingMessage, SendOutcome } from './mail-transport.ts'

/** In place of an address: the message is kept in the outbox, whether there is a server or not. */
export const OUTBOX = 'outbox'

/**
 * Keeps messages as `.eml` files in `folder` in place of sending them. A message is there whole or
 * not at all: it is written under another name, synced, then renamed. One Message-ID gives one
 * file name, so a second attempt at a delivery replaces the first with the same bytes.
 *
 * The folder is made for its owner alone (0700) and each file too (0600): digests hold what only
 * their reader may see.
 */
export async function openOutbox(folder: string): Promise<MailTransport> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return {
    send: (message) => keepMessage(folder, message),
    async [Symbol.asyncDispose]() {},
  }
}

/** The name of the file that `openOutbox` keeps a message under. */
export function outboxFileName(messageId: string): string {
  const readable = /^<([a-z0-9][a-z0-9.]{0,63})@/i.exec(messageId)?.[1]
  return `${readable ?? createHash('sha256').update(messageId).digest('hex')}.eml`
}

/** File names of the messages in an outbox, oldest name first; empty when there is no folder. */
export async function listOutbox(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return []
    throw new Failure(
      'outbox-unreadable',
      'us',
      `The outbox ${folder} cannot be read. Check that it belongs to the user murmurcast runs as.`,
      { cause },
    )
  })
  return names.filter((name) => name.endsWith('.eml')).sort()
}

async function keepMessage(folder: string, message: OutgoingMessage): Promise<SendOutcome> {
  const name = outboxFileName(message.messageId)
  const path = join(folder, name)
  const draft = join(folder, `.${name}.${process.pid}.${++drafts}.tmp`)
  try {
    await writeSynced(draft, message.raw)
    await rename(draft, path)
    await syncFolder(folder)
    return { outcome: 'accepted', answer: `kept in the outbox as ${name}` }
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined)
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown'
    return { outcome: 'not-sent', reason: `The outbox could not be written (${code}).` }
  }
}

let drafts = 0

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** A rename is durable once its folder is synced; Windows has no such call and needs none. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
