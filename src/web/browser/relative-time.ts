const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]
/** Beyond this a date says more than a count of days. */
const MAX_SECONDS = 14 * 86_400
const EVERY_MS = 30_000

/** How far an instant is from now in words: `5 minutes ago`, `in 2 hours`; empty when it is far. */
export function describeDistance(seconds: number): string {
  if (Math.abs(seconds) > MAX_SECONDS) return ''
  const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })
  for (const [unit, size] of UNITS) {
    if (Math.abs(seconds) >= size) return words.format(Math.trunc(seconds / size), unit)
  }
  return seconds < 0 ? 'just now' : 'in a moment'
}

/** Adds to an absolute time how long ago or ahead it is, and keeps that right. */
export class RelativeTime extends HTMLElement {
  #timer: ReturnType<typeof setInterval> | undefined
  #words: HTMLSpanElement | undefined

  connectedCallback(): void {
    this.#words = this.#words ?? this.appendChild(document.createElement('span'))
    this.#words.className = 'relative'
    this.#show()
    this.#timer = setInterval(() => this.#show(), EVERY_MS)
  }

  disconnectedCallback(): void {
    clearInterval(this.#timer)
  }

  #show(): void {
    const at = Date.parse(this.querySelector('time')?.dateTime ?? '')
    const words = Number.isNaN(at) ? '' : describeDistance((at - Date.now()) / 1000)
    if (this.#words) this.#words.textContent = words === '' ? '' : ` (${words})`
  }
}
