/** Where the time comes from. Rooms take a clock or a `now`, never the machine's time itself. */
export type Clock = { now: () => Date }

export const systemClock: Clock = { now: () => new Date() }

/** A clock for tests: stands still until it is moved. */
export class FakeClock implements Clock {
  #now: Date

  constructor(now: Date | string) {
    this.#now = new Date(now)
  }

  now(): Date {
    return new Date(this.#now)
  }

  /** Moves the time by so many milliseconds, back when negative. */
  moveBy(ms: number): void {
    this.#now = new Date(this.#now.getTime() + ms)
  }

  moveTo(now: Date | string): void {
    this.#now = new Date(now)
  }
}
