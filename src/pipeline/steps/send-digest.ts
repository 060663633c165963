import type { MailTransport, SendOutcome } from '../../mail/mail-transport.ts'
import type { JournalRecord, SendJournal } from '../../mail/send-journal.ts'
import type { DeliveryState } from '../../model/digest.ts'
import { done, gaveUp, type StepOutcome, skipped, wait } from '../../model/step.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Db } from '../../store/database.ts'
import {
  type BuiltDelivery,
  claimDelivery,
  isClaimed,
  releaseDelivery,
  settleDelivery,
} from '../../store/deliveries.ts'
import type { Job } from '../../store/jobs/job.ts'
import { readLastAttempt, UNANSWERED } from '../read-last-attempt.ts'

export type SendDigestDeps = {
  db: Db
  transport: MailTransport
  /** True when the same message sent twice is there once, as in the outbox. */
  isRepeatable: boolean
  journal: SendJournal
  /** What the journal knew when this process started. */
  records: ReadonlyMap<string, JournalRecord>
  /** The return path of every message. */
  envelopeFrom: string
  clock: Clock
}

/**
 * Sends one delivery. Its row is claimed and its intent is on disk before the server hears of it,
 * so that whatever dies in between, nobody gets it twice: what may have arrived is never sent
 * again; its items come with the next digest instead.
 */
export async function sendDigestStep(deps: SendDigestDeps, job: Job): Promise<StepOutcome> {
  const delivery = await claimDelivery(deps.db, job.itemId, deps.clock.now())
  if (delivery === undefined) return skipped('It is sent already, or no longer wanted.')
  const record = deps.records.get(delivery.id)
  const last = record === undefined ? 'not-taken' : readLastAttempt(record, deps.isRepeatable)
  if (last !== 'not-taken') {
    const answer = record?.last?.answer ?? UNANSWERED
    return settle(deps, job, { delivery, state: last, answer })
  }
  const outcome = await send(deps, delivery)
  if (outcome.outcome === 'not-sent' || isTemporary(outcome)) {
    const again = wait(
      `The mail server did not take it: ${answerOf(outcome)}`,
      nextAttemptAt(deps.clock.now(), delivery.attempts),
    )
    return job.commit(again, (tx) => releaseDelivery(tx, delivery.id, delivery.attempts))
  }
  const state = STATES[outcome.outcome]
  return settle(deps, job, { delivery, state, answer: answerOf(outcome) })
}

const STATES = { accepted: 'sent', refused: 'failed', uncertain: 'uncertain' } as const

async function send(deps: SendDigestDeps, delivery: BuiltDelivery): Promise<SendOutcome> {
  const { id: deliveryId, attempts: attempt } = delivery
  await deps.journal.recordIntent(deliveryId, attempt, deps.clock.now())
  const outcome = await offer(deps, delivery)
  await deps.journal.recordAnswer({
    deliveryId,
    attempt,
    outcome: outcome.outcome,
    answer: answerOf(outcome),
  })
  return outcome
}

async function offer(deps: SendDigestDeps, delivery: BuiltDelivery): Promise<SendOutcome> {
  // Who revokes a claim reads the journal after that; whoever comes first is seen by the other.
  if (!(await isClaimed(deps.db, { id: delivery.id, attempt: delivery.attempts }))) {
    return { outcome: 'not-sent', reason: 'Another sender has it now.' }
  }
  return deps.transport.send({
    envelopeFrom: deps.envelopeFrom,
    to: delivery.address,
    raw: delivery.raw,
    messageId: delivery.messageId,
  })
}

function settle(
  { clock }: SendDigestDeps,
  job: Job,
  { delivery, state, answer }: { delivery: BuiltDelivery; state: DeliveryState; answer: string },
): Promise<StepOutcome> {
  const { id, attempts: attempt } = delivery
  const outcome = state === 'sent' ? done : gaveUp(answer)
  return job.commit(outcome, (tx) =>
    settleDelivery(tx, { id, state, answer, now: clock.now(), attempt }),
  )
}

const isTemporary = (outcome: SendOutcome): boolean =>
  outcome.outcome === 'refused' && !outcome.permanent

const answerOf = (outcome: SendOutcome): string =>
  'answer' in outcome ? outcome.answer : outcome.reason

const MINUTE_MS = 60_000
const LONGEST_WAIT_MS = 60 * MINUTE_MS

/** 1 min, 2 min, 4 min … 1 h after an attempt that the server did not take. */
function nextAttemptAt(now: Date, attempts: number): Date {
  const waitMs = Math.min(MINUTE_MS * 2 ** Math.min(attempts - 1, 10), LONGEST_WAIT_MS)
  return new Date(now.getTime() + waitMs)
}
