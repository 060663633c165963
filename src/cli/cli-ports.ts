import type { SourceFinding } from '../actions/check-source.ts'
import type { ImportReport } from '../actions/import-opml.ts'
import type { MadeDigest, MakeDigestRequest } from '../actions/make-digest.ts'
import type { ReadEpisode } from '../actions/read-episode.ts'
import type { SummariseRequest } from '../actions/summarise-text.ts'
import type { Reader } from '../model/reader.ts'
import type { EpisodePage } from '../store/views/episode-page.ts'
import type { SourceRow } from '../store/views/sources-page.ts'
import type { Terminal } from './terminal.ts'

/** A server that runs until it is disposed of. */
export type Serving = AsyncDisposable & {
  /** Null when this process serves no pages. */
  url: string | null
  /** Signs the owner in, once; null when the owner has signed in before. */
  ownerLink: string | null
  dataDir: string
  roles: readonly string[]
  /** Where digests go, in words. */
  mailGoes: string
}

/** A job that failed at every try. */
export type DeadJobRow = {
  id: string
  step: string
  itemId: string
  failedAt: Date
  reason: string
}

/** The product with its database, for one command. */
export type House = AsyncDisposable & {
  owner: Reader
  followSource(address: string): Promise<{ title: string; url: string }>
  listSources(): Promise<SourceRow[]>
  /** Stops following the source of this id, address or title; returns its title. */
  unfollowSource(which: string): Promise<string>
  /** Follows every feed of a list of subscriptions (OPML). */
  importSources(file: string): Promise<ImportReport>
  /** What is followed as such a list, without private addresses. */
  exportSources(): Promise<string>
  listDeadJobs(): Promise<DeadJobRow[]>
  retryDeadJobs(ids?: readonly string[]): Promise<number>
  /** The address of a new one-time sign-in link. */
  inviteOwner(): Promise<string>
  backup(file: string, options: BackupRequest): Promise<BackupReport>
}

export type BackupRequest = {
  passphrase: string | null
  onProgress: (table: string, rows: number) => void
}
export type BackupReport = { rows: number; tables: number; files: readonly string[]; bytes: number }

/** The product without a database: what one-shot commands need. */
export type Outside = AsyncDisposable & {
  checkSource(address: string): Promise<SourceFinding>
  makeDigest(request: MakeDigestRequest): Promise<MadeDigest>
  summariseText(request: SummariseRequest): Promise<ReadEpisode>
  /** The digest as a message, RFC 5322, with links to the pages that lie in `folder`. */
  composeMessage(made: MadeDigest, folder: string): Promise<Uint8Array>
  /** A page that stands by itself, without a server. */
  renderEpisodeFile(page: EpisodePage): Promise<string>
}

/** A setting as it was read; secrets are hidden. */
export type SettingRow = { name: string; value: string; from: string }

/** What the commands are handed: each builds no more of the product than it needs. */
export type Builders = {
  describeSettings(): { settings: readonly SettingRow[]; remarks: readonly string[] }
  serve(options: { roles: readonly string[] | null }): Promise<Serving>
  openHouse(): Promise<House>
  openOutside(): Promise<Outside>
  restore(file: string, options: { passphrase: string | null }): Promise<BackupReport>
}

/** What every command is handed. */
export type CommandContext = {
  builders: Builders
  terminal: Terminal
  /** True when whoever runs this wants to see where in the program a failure arose. */
  showsStack?: () => boolean
}
