import { enqueueDueChecks } from './enqueue-due-checks.ts'
import { enqueueDueDigests } from './enqueue-due-digests.ts'
import { type RecoverDeps, recoverDeliveries } from './recover-deliveries.ts'
import { resumeLine } from './resume-line.ts'
import type { TimetableEntry } from './timetable.ts'

export type TimetableDeps = RecoverDeps & {
  /** A moment before this process took its first job. */
  startedAt: Date
  /** How often due checks and due digests are looked for; 20 s if left out. */
  lookMs?: number
}

const MINUTE_MS = 60_000
const LOOK_MS = 20_000
/** Longer than any mail server may keep a sender waiting. */
const SENDER_GONE_MS = 20 * MINUTE_MS

/** What is looked at again and again while the product runs. */
export function createTimetable(deps: TimetableDeps): TimetableEntry[] {
  const everyMs = deps.lookMs ?? LOOK_MS
  const recover = async (): Promise<void> => {
    const longAgo = new Date(deps.clock.now().getTime() - SENDER_GONE_MS)
    // Alone, whatever was claimed before we came has lost its sender.
    const isEarlier = deps.isAlone && longAgo < deps.startedAt
    await recoverDeliveries(deps, isEarlier ? deps.startedAt : longAgo)
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
