import type { JournalRecord } from '../mail/send-journal.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { Db } from '../store/database.ts'
import type { JobQueue } from '../store/jobs/job-queue.ts'
import { enqueueDueChecks } from './enqueue-due-checks.ts'
import { enqueueDueDigests } from './enqueue-due-digests.ts'
import { recoverDeliveries } from './recover-deliveries.ts'
import { resumeLine } from './resume-line.ts'
import type { TimetableEntry } from './timetable.ts'

export type TimetableDeps = {
  db: Db
  queue: JobQueue
  clock: Clock
  log: Log
  isRepeatable: boolean
  readJournal: () => Promise<ReadonlyMap<string, JournalRecord>>
  /** True when no other process can be sending: then a claimed delivery has lost its sender. */
  isAlone: boolean
  /** How often due checks and due digests are looked for. */
  lookMs?: number
}

const MINUTE_MS = 60_000
const LOOK_MS = 20_000
/** Longer than any mail server may keep a sender waiting. */
const SENDER_GONE_MS = 20 * MINUTE_MS

/** What is looked at again and again while the product runs. */
export function createTimetable(deps: TimetableDeps): TimetableEntry[] {
  const everyMs = deps.lookMs ?? LOOK_MS
  const startedAt = deps.clock.now()
  const recover = async (): Promise<void> => {
    const now = deps.clock.now()
    const longAgo = new Date(now.getTime() - SENDER_GONE_MS)
    const claimedBefore = deps.isAlone && longAgo < startedAt ? startedAt : longAgo
    await recoverDeliveries(deps, { records: await deps.readJournal(), claimedBefore, now })
  }
  return [
    { name: 'recover-deliveries', everyMs: 5 * MINUTE_MS, run: recover },
    {
      name: 'resume-line',
      everyMs: 10 * MINUTE_MS,
      run: async () => void (await resumeLine(deps)),
    },
    { name: 'due-checks', everyMs, run: async () => void (await enqueueDueChecks(deps)) },
    { name: 'due-digests', everyMs, run: async () => void (await enqueueDueDigests(deps)) },
  ]
}
