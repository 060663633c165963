import fc from 'fast-check'
import { simpleParser } from 'mailparser'
import { describe, expect, it } from 'vitest'
import { composeMessage, type MessageToCompose } from './compose-message.ts'

const MESSAGE: MessageToCompose = {
  from: { name: 'murmurcast', address: 'digest@murmurcast.example' },
  to: 'ada@reader.example',
  replyTo: null,
  subject: 'The sea gate, and 6 more · Mon 23 Nov',
  html: '<!doctype html><html lang="en"><body><p>Tide &amp; time — 潮</p></body></html>',
  text: 'Tide & time — 潮\nhttps://murmurcast.example/e/1?a=b\n.\nFrom here\n',
  messageId: '<abc234.d@murmurcast.example>',
  date: new Date('2026-11-23T07:00:00Z'),
  list: {
    id: 'daily.digest.murmurcast.example',
    unsubscribeUrl: 'https://murmurcast.example/unsubscribe/abc',
    helpUrl: 'https://murmurcast.example/settings',
    feedbackId: null,
  },
}

/** Header names and values as a server reads them: raw bytes, unfolded, nothing decoded. */
function readHeaders(raw: Uint8Array): [string, string][] {
  const head = Buffer.from(raw).toString('latin1').split('\r\n\r\n')[0] ?? ''
  return head
    .replace(/\r\n[ \t]/g, ' ')
    .split('\r\n')
    .map((line) => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon), line.slice(colon + 1).trim()]
    })
}

const NAMES = [
  'From',
  'To',
  'Date',
  'Subject',
  'Message-ID',
  'MIME-Version',
  'Auto-Submitted',
  'List-ID',
  'List-Unsubscribe',
  'List-Unsubscribe-Post',
  'List-Help',
  'Content-Type',
]

describe('composeMessage', () => {
  it('makes the same bytes of the same message, each time', async () => {
    const first = await composeMessage(MESSAGE)
    expect(Buffer.from(await composeMessage(structuredClone(MESSAGE)))).toEqual(Buffer.from(first))
  })

  it('holds each header once, as the rules for bulk mail ask', async () => {
    const headers = readHeaders(await composeMessage(MESSAGE))
    expect(headers.map(([name]) => name)).toEqual(NAMES)
    expect(Object.fromEntries(headers)).toMatchObject({
      From: 'murmurcast <digest@murmurcast.example>',
      To: 'ada@reader.example',
      Date: 'Mon, 23 Nov 2026 07:00:00 +0000',
      'Message-ID': '<abc234.d@murmurcast.example>',
      'Auto-Submitted': 'auto-generated',
      'List-ID': '<daily.digest.murmurcast.example>',
      'List-Unsubscribe': '<https://murmurcast.example/unsubscribe/abc>',
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'List-Help': '<https://murmurcast.example/settings>',
    })
  })

  it('gives both parts back unchanged to a parser of another make', async () => {
    const mail = await simpleParser(Buffer.from(await composeMessage(MESSAGE)))
    expect(mail.subject).toBe(MESSAGE.subject)
    expect(mail.text).toBe(MESSAGE.text)
    expect(mail.html).toBe(MESSAGE.html)
    expect(mail.date).toEqual(MESSAGE.date)
  })

  it('offers one click over https alone', async () => {
    const home = { ...MESSAGE.list, unsubscribeUrl: 'http://localhost:3000/unsubscribe/abc' }
    const list = { id: 'daily.localhost', helpUrl: null, feedbackId: null, ...home }
    const headers = Object.fromEntries(readHeaders(await composeMessage({ ...MESSAGE, list })))
    expect(headers['List-Unsubscribe']).toBe('<http://localhost:3000/unsubscribe/abc>')
    expect(headers['List-Unsubscribe-Post']).toBeUndefined()
  })

  it('leaves the list out of mail that is for one person', async () => {
    const headers = readHeaders(await composeMessage({ ...MESSAGE, list: null, replyTo: 'a@b.cd' }))
    expect(headers.filter(([name]) => name.startsWith('List-'))).toEqual([])
    expect(headers).toContainEqual(['Reply-To', 'a@b.cd'])
  })

  it('keeps every line under 998 characters and in ASCII', async () => {
    const html = `<p>${'長い行と🙂'.repeat(4_000)}</p>`
    const raw = Buffer.from(await composeMessage({ ...MESSAGE, html, text: 'x'.repeat(50_000) }))
    const lines = raw.toString('latin1').split('\r\n')
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(998)
    expect(raw.every((byte) => byte < 0x80)).toBe(true)
    // A bare CR or LF is where SMTP smuggling begins.
    expect(raw.toString('latin1')).not.toMatch(/\r(?!\n)|(?<!\r)\n/)
    const mail = await simpleParser(raw)
    expect(mail.html).toBe(html)
  })

  it.each([
    ['a line break in the Message-ID', { messageId: '<a.d@b>\r\nBcc: x@y.z' }],
    ['a bare Message-ID', { messageId: 'a.d@b' }],
    ['a second recipient', { to: 'ada@reader.example, bob@reader.example' }],
    ['a line break in From', { from: { name: 'x', address: 'a@b.cd\r\nBcc: x@y.z' } }],
    ['a line break in Reply-To', { replyTo: 'a@b.cd\nBcc: x@y.z' }],
    ['a javascript link', { list: { ...MESSAGE.list, unsubscribeUrl: 'javascript:alert(1)' } }],
    ['a password in the link', { list: { ...MESSAGE.list, unsubscribeUrl: 'https://a:b@c.de/' } }],
    ['an endless link', { list: { ...MESSAGE.list, helpUrl: `https://a.bc/${'x'.repeat(2000)}` } }],
    ['a line break in List-Id', { list: { ...MESSAGE.list, id: 'a.b\r\nBcc: x@y.z' } }],
    ['a loose Feedback-ID', { list: { ...MESSAGE.list, feedbackId: 'a\r\nb:murmur' } }],
  ])('refuses %s', async (_name, change) => {
    const message = { ...MESSAGE, ...change } as MessageToCompose
    await expect(composeMessage(message)).rejects.toMatchObject({
      code: expect.stringMatching(/^mail-(header|address)-invalid$/),
    })
  })
})

/** What has been used to smuggle a header in: line ends of every kind, NUL, encoded words. */
const NASTY = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\r\n',
        '\n',
        '\r',
        '\0',
        '\u2028',
        '\u2029',
        '\u0085',
        '\v',
        '\f',
        'Bcc: evil@evil.example',
        '\r\nBcc: evil@evil.example\r\n\r\n<html>',
        '=?utf-8?q?=0D=0ABcc:_evil@evil.example?=',
        '=?utf-8?b?DQpCY2M6IGV2aWxAZXZpbC5leGFtcGxl?=',
        '?=',
        '"',
        '\\',
        '<',
        '>',
        ',',
        '(',
        ')',
        '\ud800',
        '🙂',
        '長',
        'é',
        ' ',
        '\t',
        'x'.repeat(200),
      ),
      fc.string({ unit: 'binary', maxLength: 8 }),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(''))

describe('header injection', () => {
  it('never adds, splits or repeats a header, asserted on the raw bytes', async () => {
    await fc.assert(
      fc.asyncProperty(NASTY, NASTY, NASTY, async (subject, name, path) => {
        const list = {
          id: 'daily.digest.murmurcast.example',
          unsubscribeUrl: `https://murmurcast.example/u/${path}`,
          helpUrl: null,
          feedbackId: null,
        }
        const message = {
          ...MESSAGE,
          subject,
          from: { ...MESSAGE.from, name },
          list,
          html: '',
          text: '',
        }
        const raw = await composeMessage(message).catch((error) => {
          // A URL that cannot stand in a header is refused; nothing else may be.
          expect(error.code).toBe('mail-header-invalid')
          return null
        })
        if (raw === null) return
        const headers = readHeaders(raw)
        const keys = headers.map(([key]) => key)
        const optional = keys.includes('Subject') ? ['List-Help'] : ['List-Help', 'Subject']
        expect(keys).toEqual(NAMES.filter((key) => !optional.includes(key)))
        expect(Buffer.from(raw).toString('latin1')).not.toMatch(/\r(?!\n)|(?<!\r)\n/)
        expect(headers.every(([, value]) => /^[\t -~]*$/.test(value))).toBe(true)
        const from = headers[0]?.[1] ?? ''
        expect(from).toMatch(/(^|<)digest@murmurcast\.example>?$/)
      }),
      { numRuns: 10_000, seed: 75 },
    )
  }, 120_000)

  it('shows a subject as it was written, even one that looks encoded', async () => {
    await fc.assert(
      fc.asyncProperty(NASTY, async (subject) => {
        const mail = await simpleParser(Buffer.from(await composeMessage({ ...MESSAGE, subject })))
        const line = subject
          .slice(0, 500)
          .replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\s]+/gu, ' ')
          .trim()
        expect(mail.subject ?? '').toBe(line)
      }),
      { numRuns: 1_000, seed: 76 },
    )
  }, 60_000)
})
