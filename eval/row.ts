/** A bound that a figure must keep. */
export type Bound = { readonly figure: string; readonly atLeast?: number; readonly atMost?: number }

/** One line of the table. */
export type Row = {
  /** Stable, for the JSON line. */
  readonly id: string
  readonly title: string
  /** Figures by name; absent data gives an empty record and a note. */
  readonly figures: Readonly<Record<string, number>>
  /** Items measured. */
  readonly count: number
  readonly note?: string
  /** What others or earlier measurements have, with their source. */
  readonly published?: readonly string[]
  /** Missing one makes the run fail. */
  readonly gates?: readonly Bound[]
  /** What is aimed at. */
  readonly goals?: readonly Bound[]
}

/** A row whose data is not at hand: no failure. */
export function absentRow(id: string, title: string, what: string): Row {
  return { id, title, figures: {}, count: 0, note: `not measured: ${what} is not at hand` }
}

/** Bounds of a row that its figures break, as sentences. Figures that are not there break nothing. */
export function brokenBounds(row: Row, bounds: readonly Bound[] = []): string[] {
  return bounds.flatMap(({ figure, atLeast, atMost }) => {
    const value = row.figures[figure]
    if (value === undefined) return []
    if (atLeast !== undefined && value < atLeast) {
      return [`${row.id} ${figure} ${format(value)} is below ${atLeast}`]
    }
    if (atMost !== undefined && value > atMost) {
      return [`${row.id} ${figure} ${format(value)} is above ${atMost}`]
    }
    return []
  })
}

/** A figure with at most three digits after the point. */
export function format(value: number): string {
  return String(Math.round(value * 1000) / 1000)
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((a, b) => a + b, 0) / values.length
}
