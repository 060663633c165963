import type { Reader } from '../../model/reader.ts'
import type { ReaderSettings, SettingsPage } from '../../store/views/settings-page.ts'

export type SettingsViews = { getSettingsPage(reader: Reader): Promise<SettingsPage> }

export type SettingsActions = {
  /** The settings have been checked for form. Throws `email-taken` when another reader has it. */
  saveSettings(reader: Reader, settings: ReaderSettings): Promise<void>
  /** Has the digests come again that the reader had stopped. */
  startDigests(reader: Reader): Promise<void>
}
