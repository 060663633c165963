import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeFolder, settingsOf } from './boot-product.ts'
import { expectOneSentence } from './expect-one-sentence.ts'
import { runCommand, startCommand } from './run-command.ts'
import { type LocalSite, serveSite } from './serve-site.ts'

const closing = new AsyncDisposableStack()
let site: LocalSite
let folder: string

beforeAll(async () => {
  folder = closing.use(makeFolder()).path
  site = closing.use(await serveSite())
})

afterAll(() => closing.disposeAsync())

describe('settings', () => {
  it('are shown with every mistake at once', async () => {
    const { code, out, err } = await runCommand(['config', 'check'], {
      MURMURCAST_PORT: 'eighty',
      MURMURCAST_TIME_ZONE: 'Mars/Olympus',
      DIGEST_AT: '25:00',
      SMTP_URL: 'http://mail.example',
      MURMURCAST_COLOUR: 'blue',
    })
    expect({ code, out }).toEqual({ code: 1, out: '' })
    const names = ['MURMURCAST_PORT', 'MURMURCAST_TIME_ZONE', 'DIGEST_AT', 'SMTP_URL']
    for (const name of [...names, 'MURMURCAST_COLOUR', 'MAIL_FROM']) expect(err).toContain(name)
    expect(err).not.toMatch(/^\s+at /m)
  })

  it('are shown with secrets hidden', async () => {
    const { code, out } = await runCommand(['config', 'check'], {
      SMTP_URL: 'smtp://user:hunter2@mail.example:587',
      MAIL_FROM: 'digest@mail.example',
    })
    expect(code).toBe(0)
    expect(out).not.toContain('hunter2')
  })
})

describe('serve', () => {
  it('is refused a second time on one data folder, with the pid of the first', async () => {
    const own = await settingsOf(join(folder, 'served'))
    const first = startCommand(['serve'], own)
    try {
      const [line] = (await once(first.stdout, 'data')) as [Buffer]
      expect(line.toString()).toContain('murmurcast is running')
      const second = await runCommand(['serve'], { ...own, ...(await otherPort()) })
      expect({ code: second.code, out: second.out }).toEqual({ code: 1, out: '' })
      expectOneSentence(second.err)
      expect(second.err).toContain(String(first.pid))
      const joined = await runCommand(['sources', 'list'], own)
      expect(joined).toMatchObject({ code: 0, err: '' })
    } finally {
      first.kill('SIGTERM')
    }
    const [code] = (await once(first, 'exit')) as [number]
    expect(code).toBe(0)
  }, 60_000)

  it('says so when its port is taken', async () => {
    const own = await settingsOf(join(folder, 'port'))
    const [, port = ''] = site.hostPort.split(':')
    const { code, err } = await runCommand(['serve'], { ...own, MURMURCAST_PORT: port })
    expect(code).toBe(1)
    expectOneSentence(err)
    expect(err).toContain(port)
  }, 60_000)
})

async function otherPort(): Promise<Record<string, string>> {
  const { MURMURCAST_PORT = '' } = await settingsOf(folder)
  return { MURMURCAST_PORT }
}
