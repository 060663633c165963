import { setTimeout as sleep } from 'node:timers/promises'
import { silentLog } from '../src/platform/log.ts'
import { saveNewEpisodes } from '../src/store/episodes.ts'
import { exampleEpisode } from '../src/store/example-rows.ts'
import { openDatabase } from '../src/store/open-database.ts'
import { openStore } from '../src/store/open-store.ts'
import { listSources } from '../src/store/sources.ts'

// Commits one episode after another through the store, from three hands, and says each number when
// it is committed, until it is killed: node ack-ledger-writer.ts DATA_DIR URL FIRST
const [dataDir = '', url = '', first = '0'] = process.argv.slice(2)

const database = await openDatabase({
  ...{ dataDir, url: url === '' ? null : url, as: 'serve', log: silentLog },
})
const { connection } = database
const applicationName = 'murmurcast serve'
const { db } = openStore({ connection, applicationName, onConnectionError: () => {} })
const [source] = await listSources(db)
if (source === undefined) throw new Error('there is no source to write to')
const { id, kind, audience } = source

let next = Number(first)
async function write(): Promise<never> {
  for (;;) await commit(next++)
}

/** Commits one number, again and again if need be, and says so once. */
async function commit(number: number): Promise<void> {
  const episode = exampleEpisode({ guid: String(number), notesRaw: 'x'.repeat(number % 3000) })
  const source = { id, kind, audience }
  for (;;) {
    try {
      await db.transaction().execute((tx) => saveNewEpisodes(tx, source, [episode]))
      process.stdout.write(`committed ${number}\n`)
      return
    } catch {
      // The server was struck. Whether the commit came through is not known: that is the point.
      await sleep(20)
    }
  }
}
await Promise.all([write(), write(), write()])
