import type { Reader } from '../../model/reader.ts'

/** What a reader may set about their own digest. */
export type ReaderSettings = Pick<
  Reader,
  'displayName' | 'email' | 'timeZone' | 'digestAt' | 'language'
>

export type SettingsPage = {
  settings: ReaderSettings
  /** True when a mail server is configured; false when messages are only kept in the outbox. */
  sendsMail: boolean
  nextDigestAt: Date | null
  /** False once the reader has stopped their digests. */
  wantsDigest: boolean
}
