import type { MailViews } from './ports/mail-port.ts'
import type { ReadingActions, ReadingViews } from './ports/reading-port.ts'
import type { SettingsActions, SettingsViews } from './ports/settings-port.ts'
import type { SessionPort } from './ports/sign-in-port.ts'
import type { SourcesActions, SourcesViews } from './ports/sources-port.ts'
import type { UnsubscribeActions } from './ports/unsubscribe-port.ts'

export type WebViews = ReadingViews & SourcesViews & MailViews & SettingsViews
export type WebActions = ReadingActions & SourcesActions & SettingsActions & UnsubscribeActions

/** Whether the process can do its work; each entry that is not ready says why. */
export type Readiness = {
  ready: boolean
  checks: { name: string; ready: boolean; detail: string }[]
}

/** The small part of a pino logger that the web writes to. */
export type WebLog = {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** Everything that the web is handed; it looks nothing up by itself. */
export type WebOptions = {
  /** Where people reach it, such as `https://murmur.example`; all absolute links start with it. */
  baseUrl: string
  /** True when the server listens on a loopback address only: loopback names are then let in. */
  isLoopback: boolean
  /** Shows `/design` and the text of unexpected errors. */
  development: boolean
  /** Folder with `main.js` and `main.css`. */
  assetsDir: string
  /** How to get a new sign-in link, as a sentence for the person who runs the house. */
  signInHelp: string
  /** Answers within two seconds: the database answers and is migrated. */
  checkReadiness(): Promise<Readiness>
  sessions: SessionPort
  views: WebViews
  actions: WebActions
  log: WebLog
  now(): Date
}
