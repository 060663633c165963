/** A row of the table once it was measured. */
export type Measured = {
  name: string
  /** What is done, in words. */
  work: string
  /** Figures with their units, as they are shown. */
  ours: string
  /** The same done by others; null where there is nobody to compare with. */
  peer: string | null
  /** How many times better than the peer; null where a limit is what counts. */
  ratio: number | null
  target: string
  passed: boolean
  /** False for a row that is shown to be watched: missing its target fails nothing. */
  isGate: boolean
  /** Every figure behind the row, for programs. */
  figures: Record<string, number>
}

export type Row = { name: string; measure: () => Promise<Measured[]> }

/** Work whose time is taken: does one round and returns how many units of work that was. */
export type Round = () => Promise<number>

export const ROUNDS = 5

export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const [low = Number.NaN, high = Number.NaN] = [sorted[middle - 1], sorted[middle]]
  return sorted.length % 2 === 1 ? high : (low + high) / 2
}

/** Milliseconds for one unit of work in one round. */
export async function timeRound(round: Round): Promise<number> {
  const startedAt = performance.now()
  const units = await round()
  return (performance.now() - startedAt) / units
}

/**
 * Median milliseconds for a unit of work, ours and the peer's in turns, so that whatever else the
 * machine does falls on both. One round of each goes before, unmeasured.
 */
export async function compare(
  ours: Round,
  peer: Round,
  { rounds = ROUNDS, warms = true }: { rounds?: number; warms?: boolean } = {},
): Promise<{ oursMs: number; peerMs: number; ratio: number }> {
  if (warms) {
    await ours()
    await peer()
  }
  const times: { ours: number[]; peer: number[] } = { ours: [], peer: [] }
  for (let round = 0; round < rounds; round += 1) {
    times.ours.push(await timeRound(ours))
    times.peer.push(await timeRound(peer))
  }
  const [oursMs, peerMs] = [medianOf(times.ours), medianOf(times.peer)]
  return { oursMs, peerMs, ratio: peerMs / oursMs }
}

/** A row that says how many times faster than the peer we are. */
export function ratioRow(
  about: {
    name: string
    work: string
    peerName: string
    atLeast: number
    unit?: 'rate' | 'time'
    isGate?: boolean
  },
  { oursMs, peerMs, ratio }: { oursMs: number; peerMs: number; ratio: number },
): Measured {
  const show = about.unit === 'rate' ? showRate : showTime
  return {
    name: about.name,
    work: about.work,
    ours: show(oursMs),
    peer: `${about.peerName} ${show(peerMs)}`,
    ratio,
    target: `≥ ${about.atLeast}×`,
    passed: ratio >= about.atLeast,
    isGate: about.isGate ?? true,
    figures: { oursMs, peerMs, ratio },
  }
}

/** A row whose one figure has to stay on one side of a limit. */
export function limitRow(
  about: { name: string; work: string; unit: string; atMost?: number; atLeast?: number },
  figure: number,
  figures: Record<string, number> = {},
): Measured {
  const { atMost, atLeast, unit } = about
  const target = atMost === undefined ? `≥ ${atLeast} ${unit}` : `≤ ${atMost} ${unit}`
  return {
    name: about.name,
    work: about.work,
    ours: `${round(figure)} ${unit}`,
    peer: null,
    ratio: null,
    target,
    passed: figure <= (atMost ?? Number.POSITIVE_INFINITY) && figure >= (atLeast ?? 0),
    isGate: true,
    figures: { figure, ...figures },
  }
}

const showTime = (ms: number): string => `${round(ms)} ms`
const showRate = (ms: number): string => `${round(1000 / ms)}/s`

/** Three figures that count. */
export const round = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)))
