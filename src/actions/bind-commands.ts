import type { Reader } from '../model/reader.ts'
import type { Clock } from '../platform/clock.ts'
import { newId } from '../platform/ids.ts'
import type { Db } from '../store/database.ts'
import type { JobQueue } from '../store/jobs/job-queue.ts'
import type { Connection } from '../store/pool.ts'
import { getSourcesPage } from '../store/views/get-sources-page.ts'
import { backUp } from './backup.ts'
import type { bindActions } from './bind-actions.ts'
import { checkSource } from './check-source.ts'
import { composeDigestFile } from './compose-digest-file.ts'
import { exportOpml } from './export-opml.ts'
import { importOpmlFile } from './import-opml.ts'
import { inviteOwner } from './invite-owner.ts'
import { type MadeDigest, type MakeDigestRequest, makeDigest } from './make-digest.ts'
import type { OutsideMeans } from './open-outside.ts'
import { type SummariseRequest, summariseText } from './summarise-text.ts'

export type CommandDeps = {
  db: Db
  queue: JobQueue
  clock: Clock
  owner: Reader
  actions: ReturnType<typeof bindActions>
  connection: Connection
  dataDir: string
  baseUrl: string
}

/** What the owner can ask for at a terminal, on the database. */
export function bindOwnerCommands(deps: CommandDeps) {
  const { db, queue, clock, owner, actions, connection, dataDir } = deps
  return {
    followSource: (address: string) => actions.addSource(owner, address),
    listSources: async () => (await getSourcesPage(db, owner)).sources,
    unfollowSource: (which: string) => actions.removeSourceNamed(owner, which),
    importSources: (file: string) =>
      importOpmlFile({ db, clock, newId }, { readerId: owner.id, file }),
    exportSources: () => exportOpml({ db, clock }, owner.id),
    listDeadJobs: () => queue.listDeadJobs(),
    retryDeadJobs: (ids?: readonly string[]) => queue.retryDeadJobs(ids),
    inviteOwner: async () => deps.baseUrl + (await inviteOwner(db, owner.id)),
    backup: (file: string, options: Parameters<typeof backUp>[2]) =>
      backUp({ connection, dataDir, now: clock.now() }, file, options),
  }
}

/** What can be asked for at a terminal without a database. */
export function bindFileCommands({ fetch, providers, summarise }: OutsideMeans, now: Date) {
  const deps = { fetch, providers, summarise, now, readsFiles: true }
  return {
    checkSource: (address: string) => checkSource(deps, address),
    makeDigest: (request: MakeDigestRequest) => makeDigest(deps, request),
    summariseText: (request: SummariseRequest) => summariseText(deps, request),
    composeMessage: (made: MadeDigest, folder: string) => composeDigestFile(made, { folder, now }),
  }
}
