const MAX_PAUSE_MS = 60_000

/**
 * Keeps its part of the page up to date while work is under way. It asks for the page again with
 * the ETag it has, so that nothing is rendered while nothing changes; asks less often when the
 * server does not answer; and rests while the page is hidden or the reader is in one of its forms.
 */
export class LivePage extends HTMLElement {
  #timer: ReturnType<typeof setTimeout> | undefined
  #etag: string | null = null
  #pauseMs = 0

  connectedCallback(): void {
    this.#schedule()
  }

  disconnectedCallback(): void {
    clearTimeout(this.#timer)
  }

  #schedule(): void {
    const everyMs = Number(this.dataset.everyMs)
    clearTimeout(this.#timer)
    if (!(everyMs > 0)) return
    this.#timer = setTimeout(() => void this.#refresh(), Math.max(everyMs, this.#pauseMs))
  }

  async #refresh(): Promise<void> {
    try {
      if (!document.hidden && !this.contains(document.activeElement)) await this.#fetchPage()
      this.#pauseMs = 0
    } catch {
      this.#pauseMs = Math.min(MAX_PAUSE_MS, Math.max(4_000, this.#pauseMs * 2))
    }
    if (this.isConnected) this.#schedule()
  }

  async #fetchPage(): Promise<void> {
    const headers = this.#etag === null ? {} : { 'if-none-match': this.#etag }
    const answer = await fetch(location.pathname, { headers, cache: 'no-store' })
    if (answer.status === 304) return
    if (!answer.ok) throw new Error(`answered ${answer.status}`)
    this.#etag = answer.headers.get('etag')
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const next = page.querySelector('live-page')
    const isWhole = this.dataset.whole !== undefined
    const [mine, theirs] = isWhole
      ? [document.querySelector('main'), page.querySelector('main')]
      : [this, next]
    if (mine === null || theirs === null) return
    this.dataset.everyMs = next instanceof HTMLElement ? (next.dataset.everyMs ?? '') : ''
    if (isWhole && next !== null) return
    mine.replaceChildren(...theirs.childNodes)
  }
}
