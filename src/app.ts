import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bindActions, bindSessions } from './actions/bind-actions.ts'
import { bindFileCommands, bindOwnerCommands } from './actions/bind-commands.ts'
import { unsubscribePath } from './actions/change-digest-wish.ts'
import { journalPath } from './actions/data-files.ts'
import { inviteOwner, makeOwner } from './actions/invite-owner.ts'
import { type OutsideMeans, openOutsideMeans } from './actions/open-outside.ts'
import { restore } from './actions/restore.ts'
import type { Builders, House, Outside, Serving } from './cli/cli-ports.ts'
import { baseUrlAt, type Config, ROLES, type Role } from './config.ts'
import { openTransport } from './mail/open-transport.ts'
import { openSendJournal, readSendJournal } from './mail/send-journal.ts'
import { Failure } from './model/failure.ts'
import type { Reader } from './model/reader.ts'
import { findNextDigest } from './pipeline/find-next-digest.ts'
import { createLineSteps } from './pipeline/line-steps.ts'
import { runLine } from './pipeline/run-line.ts'
import { startTimetable } from './pipeline/timetable.ts'
import { createTimetable } from './pipeline/timetable-entries.ts'
import { type Clock, systemClock } from './platform/clock.ts'
import { newId } from './platform/ids.ts'
import { type Log, openLog, silentLog } from './platform/log.ts'
import { loadSecrets, type Secrets } from './platform/secrets.ts'
import type { Db } from './store/database.ts'
import { JobQueue } from './store/jobs/job-queue.ts'
import { type OpenDatabase, openDatabase } from './store/open-database.ts'
import { isDatabaseAnswering, openStore } from './store/open-store.ts'
import { hasEverSignedIn } from './store/sessions.ts'
import { bindViews } from './store/views/bind-views.ts'
import { createWebApp } from './web/create-web-app.tsx'
import { renderEpisodeFile } from './web/render-episode-file.tsx'
import { startWebServer } from './web/start-web-server.ts'
import type { Readiness, WebOptions } from './web/web-options.ts'

/** Style and script of the pages, put beside this file by the build. */
const assetsDir = fileURLToPath(new URL('./browser/', import.meta.url))

/** The product on its database: what a server and most commands are made of. */
export type OpenHouse = AsyncDisposable & {
  config: Config
  log: Log
  clock: Clock
  secrets: Secrets
  database: OpenDatabase
  db: Db
  queue: JobQueue
  outside: OutsideMeans
  owner: Reader
}

/** Opens what goes out of the house and nothing that is kept. */
export function openOutside(config: Config, clock: Clock = systemClock): Promise<OutsideMeans> {
  const { allow, proxyUrl } = config.outbound
  return openOutsideMeans({
    http: {
      allow: allow.map(({ host, port }) => `${host.includes(':') ? `[${host}]` : host}:${port}`),
      ownOrigins: [config.web.baseUrl],
      proxyUrl,
    },
    samplesDir: fileURLToPath(new URL('../samples/', import.meta.url)),
    summariseWorker: new URL('./summaries/embedded/summarise.worker.ts', import.meta.url),
    clock,
  })
}

/** Opens the product with its database; disposing of it closes everything in turn. */
export async function openHouse(
  config: Config,
  { as, log, clock = systemClock }: { as: 'serve' | 'command'; log: Log; clock?: Clock },
): Promise<OpenHouse> {
  await using opened = new AsyncDisposableStack()
  const url = config.database?.url ?? null
  // The database makes the data folder: as root it has to leave a way through for its own account.
  const database = opened.use(
    await openDatabase({
      ...{ dataDir: config.dataDir, url, as, log },
      onTakenOver: (failure) => {
        log.error({ err: failure }, failure.message)
        // The command that serves brings everything to an end, as for any signal.
        process.kill(process.pid, 'SIGTERM')
      },
    }),
  )
  const secrets = await loadSecrets(config.dataDir)
  const applicationName = `murmurcast ${as}`
  const onConnectionError = (err: Error): void => log.warn({ err }, 'a database connection broke')
  const { connection } = database
  const { db } = opened.use(openStore({ connection, applicationName, onConnectionError }))
  const works = as === 'serve'
  const onError = (err: Error): void => log.warn({ err }, 'the job queue')
  const queue = opened.use(
    await JobQueue.open({ db, connection, applicationName, works, newId, onError }),
  )
  const outside = opened.use(await openOutside(config, clock))
  const owner = await makeOwner(db, { id: newId(), ...config.readerDefaults })
  const closing = opened.move()
  return {
    ...{ config, log, clock, secrets, database, db, queue, outside, owner },
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  }
}

export type ServeOptions = {
  log?: Log
  clock?: Clock
  roles?: readonly Role[]
  /** Folder with the browser's files; the build's own if left out. */
  assetsDir?: string
  /** How often the timetable looks for what is due; 20 s if left out. */
  lookMs?: number
}

/** Starts the product in the given roles; disposing of it lets running work end. */
export async function serve(config: Config, options: ServeOptions = {}): Promise<Serving> {
  const log = options.log ?? (await openLog(config.logLevel, process.stderr.isTTY))
  const roles = options.roles ?? config.roles
  await using started = new AsyncDisposableStack()
  const house = started.use(
    await openHouse(config, { as: 'serve', log, clock: options.clock ?? systemClock }),
  )
  if (roles.includes('worker')) started.use(await startWork(house, options))
  const web = roles.includes('web') ? started.use(await startWeb(house, options)) : null
  const invitation =
    web === null || (await hasEverSignedIn(house.db, house.owner.id))
      ? null
      : await inviteOwner(house.db, house.owner.id)
  const stopping = started.move()
  return {
    url: web?.url ?? null,
    ownerLink: web === null || invitation === null ? null : web.url + invitation,
    dataDir: config.dataDir,
    roles,
    mailGoes:
      config.mailOut === null ? 'kept in the outbox page' : `by ${config.mailOut.smtp.host}`,
    [Symbol.asyncDispose]: () => stopping.disposeAsync(),
  }
}

async function startWork(
  house: OpenHouse,
  { lookMs }: Pick<ServeOptions, 'lookMs'>,
): Promise<AsyncDisposable> {
  const { config, secrets, db, queue, log, clock, outside } = house
  await using started = new AsyncDisposableStack()
  const path = journalPath(config.dataDir)
  const journal = started.use(await openSendJournal(path))
  const transport = started.use(
    await openTransport(config.mailOut?.smtp ?? null, join(config.dataDir, 'outbox')),
  )
  // Jobs in hand still need the journal and the transport: the queue closes before them.
  started.use(queue)
  const from = config.mailOut?.from ?? {
    name: 'murmurcast',
    address: 'digest@murmurcast.localhost',
  }
  const isRepeatable = config.mailOut === null
  const startedAt = clock.now()
  const steps = createLineSteps({
    ...{ db, queue, clock, newId, journal, transport, isRepeatable },
    ...{ fetch: outside.fetch, providers: outside.providers, summarise: outside.summarise },
    records: await readSendJournal(path),
    envelopeFrom: from.address,
    baseUrl: config.web.baseUrl,
    mail: {
      from: { name: from.name ?? 'murmurcast', address: from.address },
      messageIdKey: secrets.messageId,
      sendsMail: config.mailOut !== null,
    },
    unsubscribeUrl: (readerId) =>
      config.web.baseUrl + unsubscribePath(secrets.linkSigning, readerId),
  })
  await runLine(steps, { db, queue, log, newId })
  const timetable = createTimetable({
    ...{ db, queue, clock, log, isRepeatable, startedAt },
    readJournal: () => readSendJournal(path),
    isAlone: config.database === null,
    ...(lookMs !== undefined && { lookMs }),
  })
  started.use(startTimetable(timetable, log))
  return started.move()
}

async function startWeb(
  house: OpenHouse,
  { assetsDir }: Pick<ServeOptions, 'assetsDir'>,
): Promise<AsyncDisposable & { url: string }> {
  const { config } = house
  const options = bindWeb(house)
  const app = createWebApp(assetsDir === undefined ? options : { ...options, assetsDir })
  const server = await startWebServer({ app, host: config.web.host, port: config.web.port })
  const { port } = new URL(server.url)
  const url = config.web.isBaseUrlGiven
    ? config.web.baseUrl
    : baseUrlAt(config.web.host, Number(port))
  return { url, [Symbol.asyncDispose]: () => server.close() }
}

function actionsOf({ secrets, db, queue, clock, outside }: OpenHouse) {
  const { fetch, samples } = outside
  return bindActions({ db, queue, clock, newId, fetch, samples, linkKey: secrets.linkSigning })
}

/** Hands the web what its ports ask for. */
function bindWeb(house: OpenHouse): WebOptions {
  const { config, db, log, clock } = house
  const { findOutboxMessage, ...actions } = actionsOf(house)
  const views = bindViews({
    db,
    sendsMail: config.mailOut !== null,
    nextDigestAt: async (reader) =>
      (await findNextDigest(db, reader, { edition: 'daily', now: clock.now() })).at,
  })
  return {
    baseUrl: config.web.baseUrl,
    isLoopback: ['127.0.0.1', '::1', 'localhost'].includes(config.web.host),
    development: config.environment === 'development',
    assetsDir,
    signInHelp: 'The command “murmurcast owner-link” prints one.',
    checkReadiness: () => checkReadiness(db),
    sessions: bindSessions({ db, clock }),
    views: { ...views, findOutboxMessage },
    actions,
    log,
    now: () => clock.now(),
  }
}

async function checkReadiness(db: Db): Promise<Readiness> {
  const ready = await isDatabaseAnswering(db)
  const detail = ready ? 'answers' : 'gives no answer'
  return { ready, checks: [{ name: 'database', ready, detail }] }
}

/** What the commands are handed. The settings are read when a command needs them. */
export function createBuilders(read: () => Config): Omit<Builders, 'describeSettings'> {
  return {
    serve: ({ roles }) => serve(withRoles(read(), roles)),
    openHouse: async () => bindHouse(await openHouse(read(), { as: 'command', log: silentLog })),
    openOutside: async () => bindOutside(await openOutside(read())),
    restore: (file, options) => restoreHouse(read(), file, options),
  }
}

/** The configuration with the roles that a command line names. Throws `role-unknown`. */
function withRoles(config: Config, names: readonly string[] | null): Config {
  if (names === null) return config
  const roles = names.map((name) => {
    const role = ROLES.find((known) => known === name.trim())
    if (role !== undefined) return role
    const message = `There is no role “${name}”. Give one or more of ${ROLES.join(', ')}.`
    throw new Failure('role-unknown', 'caller', message)
  })
  return { ...config, roles }
}

async function restoreHouse(config: Config, file: string, options: { passphrase: string | null }) {
  const { dataDir } = config
  const url = config.database?.url ?? null
  await using database = await openDatabase({
    ...{ dataDir, url, as: 'command', log: silentLog },
    migrates: false,
  })
  if (!(await database.claimAlone())) {
    const others = (await database.listOthers()).join(', ') || 'another program'
    const message = `murmurcast is still running (${others}). Stop it, then restore.`
    throw new Failure('still-running', 'caller', message)
  }
  // Awaited here: the database is closed as soon as this function is left.
  return await restore({ connection: database.connection, dataDir }, file, options)
}

/** The house as the commands see it. */
function bindHouse(house: OpenHouse): House {
  const { config, db, queue, clock, owner, database } = house
  const commands = bindOwnerCommands({
    ...{ db, queue, clock, owner, actions: actionsOf(house) },
    connection: database.connection,
    dataDir: config.dataDir,
    baseUrl: config.web.baseUrl,
  })
  return { owner, ...commands, [Symbol.asyncDispose]: () => house[Symbol.asyncDispose]() }
}

/** The product without its database, as the commands see it. */
function bindOutside(outside: OutsideMeans): Outside {
  return {
    ...bindFileCommands(outside, systemClock.now()),
    renderEpisodeFile: (page) => renderEpisodeFile(page, assetsDir),
    [Symbol.asyncDispose]: () => outside[Symbol.asyncDispose](),
  }
}
