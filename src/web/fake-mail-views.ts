import type { OutboxMessage, OutboxPage } from '../store/views/outbox-page.ts'
import type { SettingsPage } from '../store/views/settings-page.ts'
import { FAKE_READER, fakeId, hoursAgo } from './fake-library.ts'
import { FAKE_MAIL_HTML, FAKE_MAIL_TEXT } from './fake-mail.ts'

export const FAKE_MESSAGE: OutboxMessage = {
  id: fakeId(500),
  digestId: fakeId(400),
  subject: 'Your digest: the night train, a village battery, and a wooden plane',
  address: 'outbox',
  state: 'sent',
  createdAt: hoursAgo(2),
  sentAt: hoursAgo(1.3),
  lastAnswer: null,
  bytes: 48_211,
  from: 'murmurcast <digest@murmur.example>',
  to: 'ada@reader.example',
  messageId: '<daily.2026-11-23@murmur.example>',
  html: FAKE_MAIL_HTML,
  text: FAKE_MAIL_TEXT,
  raw: new TextEncoder().encode(`Subject: Your digest\r\n\r\n${FAKE_MAIL_TEXT}`),
}

export const FAKE_OUTBOX: OutboxPage = {
  version: '1',
  sendsMail: false,
  messages: [
    FAKE_MESSAGE,
    {
      ...FAKE_MESSAGE,
      id: fakeId(501),
      subject: 'Your digest: two podcasts and a letter',
      state: 'uncertain',
      address: 'ada@reader.example',
      lastAnswer: 'The connection broke after the last byte.',
    },
    {
      ...FAKE_MESSAGE,
      id: fakeId(502),
      subject: 'Your digest: a quiet Saturday',
      state: 'failed',
      address: 'ada@reader.example',
      lastAnswer: '550 5.1.1 No such mailbox',
    },
  ],
}

export const FAKE_SETTINGS: SettingsPage = {
  settings: {
    displayName: FAKE_READER.displayName,
    email: FAKE_READER.email,
    timeZone: FAKE_READER.timeZone,
    digestAt: FAKE_READER.digestAt,
    language: FAKE_READER.language,
  },
  sendsMail: true,
  nextDigestAt: new Date('2026-11-24T06:00:00Z'),
  wantsDigest: true,
}
