/** What a fault is run with. */
export type FaultRun = {
  /** How often it strikes. */
  cycles: number
  /** An empty folder, gone when the fault is over. */
  folder: string
  /** Shown while it runs. */
  progress: (text: string) => void
}

/** What striking so often has done. */
export type FaultResult = {
  /** Strikes that met work under way: a strike that misses proves nothing. */
  cycles: number
  /** What was acknowledged, or asked for, and is not there. */
  lost: number
  /** What happened more than once. */
  duplicates: number
  /** What else is wrong, as sentences. */
  faults: readonly string[]
  /** Further figures for the table, such as `acknowledged 1,204`. */
  note: string
}

/** One row of the bench: a file of its own, and a line in `list-faults.ts`. */
export type Fault = {
  /** The name for `--only`. */
  name: string
  /** The number of the row in the fault matrix. */
  row: number
  what: string
  /** Cycles when none are asked for. */
  cycles: number
  run: (options: FaultRun) => Promise<FaultResult>
}
