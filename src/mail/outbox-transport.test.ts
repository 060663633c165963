import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { OutgoingMessage } from './mail-transport.ts'
import { listOutbox, openOutbox, outboxFileName } from './outbox-transport.ts'

const MESSAGE: OutgoingMessage = {
  envelopeFrom: '',
  to: 'outbox@localhost',
  raw: Buffer.from('Subject: x\r\n\r\nbody\r\n'),
  messageId: '<abc234.d@murmurcast.example>',
}

async function makeFolder() {
  const root = await mkdtemp(join(tmpdir(), 'outbox-'))
  return {
    folder: join(root, 'mail', 'outbox'),
    root,
    async [Symbol.asyncDispose]() {
      await rm(root, { recursive: true })
    },
  }
}

describe('the outbox', () => {
  it('is for its owner alone', async () => {
    await using made = await makeFolder()
    await using outbox = await openOutbox(made.folder)
    await outbox.send(MESSAGE)
    const file = join(made.folder, outboxFileName(MESSAGE.messageId))
    expect((await stat(made.folder)).mode & 0o777).toBe(0o700)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
  })

  it('holds one file for one Message-ID and leaves no drafts', async () => {
    await using made = await makeFolder()
    await using outbox = await openOutbox(made.folder)
    await Promise.all([outbox.send(MESSAGE), outbox.send(MESSAGE), outbox.send(MESSAGE)])
    expect(await readdir(made.folder)).toEqual(['abc234.d.eml'])
  })

  it('lists messages, not drafts that a crash has left', async () => {
    await using made = await makeFolder()
    await using outbox = await openOutbox(made.folder)
    await outbox.send(MESSAGE)
    await writeFile(join(made.folder, '.abc234.d.eml.1.1.tmp'), 'half')
    expect(await listOutbox(made.folder)).toEqual(['abc234.d.eml'])
    expect(await listOutbox(join(made.folder, 'absent'))).toEqual([])
  })

  it('says that a message is not sent when it cannot be kept', async () => {
    await using made = await makeFolder()
    await using outbox = await openOutbox(made.folder)
    await rm(made.folder, { recursive: true })
    await writeFile(join(made.root, 'mail', 'outbox'), 'a file where the folder was')
    const outcome = await outbox.send(MESSAGE)
    expect(outcome.outcome).toBe('not-sent')
    await chmod(join(made.root, 'mail'), 0o700)
  })

  it.each(['<../../etc/passwd@x>', '</etc/x@y>', '<a/../b@x>', '', '<..@x>', '<\0@x>'])(
    'gives no file name outside its folder for %j',
    (messageId) => {
      const name = outboxFileName(messageId)
      expect(name).toMatch(/^[a-z0-9][a-z0-9.]*\.eml$/)
    },
  )
})
