/**
 * Makes the page's times start the player, and marks the words being spoken. Everything works by
 * plain links without it.
 */
export class MediaPlayer extends HTMLElement {
  #audio: HTMLAudioElement | null = null
  #segments: HTMLElement[] = []
  #starts: number[] = []
  #current: HTMLElement | undefined

  connectedCallback(): void {
    this.#audio = this.querySelector('audio')
    this.#segments = [
      ...document.querySelectorAll<HTMLElement>('#transcript-text .segment[data-start]'),
    ]
    this.#starts = this.#segments.map(({ dataset }) => Number(dataset.start))
    const follow = this.querySelector<HTMLElement>('.follow')
    if (follow !== null && this.#segments.length > 0) follow.hidden = false
    this.#audio?.addEventListener('timeupdate', this.#onTime)
    this.#audio?.addEventListener('error', this.#onError)
    document.addEventListener('click', this.#onClick)
  }

  disconnectedCallback(): void {
    document.removeEventListener('click', this.#onClick)
  }

  #onClick = (event: MouseEvent): void => {
    const target = event.target instanceof Element ? event.target.closest('[data-seek]') : null
    const seconds = Number(target instanceof HTMLElement ? target.dataset.seek : Number.NaN)
    if (this.#audio === null || Number.isNaN(seconds)) return
    this.#audio.currentTime = seconds
    this.#audio.play().catch(() => this.#onError())
  }

  #onError = (): void => {
    const message = this.querySelector<HTMLElement>('.player-error')
    if (message !== null && this.#audio?.error) message.hidden = false
  }

  #onTime = (): void => {
    const next = this.#segmentAt(this.#audio?.currentTime ?? 0)
    if (next === this.#current) return
    this.#current?.classList.remove('is-spoken')
    next?.classList.add('is-spoken')
    this.#current = next
    const follow = this.querySelector<HTMLInputElement>('.follow input')
    if (next === undefined || follow?.checked !== true || this.#audio?.paused !== false) return
    const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches
    next.scrollIntoView({ block: 'center', behavior: isCalm ? 'auto' : 'smooth' })
  }

  #segmentAt(seconds: number): HTMLElement | undefined {
    let [low, high] = [0, this.#starts.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#starts[middle] ?? 0) <= seconds) low = middle + 1
      else high = middle
    }
    return this.#segments[low - 1]
  }
}
