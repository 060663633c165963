import { ackLedgerBuiltIn, ackLedgerServer } from './ack-ledger.ts'
import type { Fault } from './fault.ts'

/** Every fault of the bench, in the order in which they are run. */
export const FAULTS: readonly Fault[] = [ackLedgerBuiltIn, ackLedgerServer]
