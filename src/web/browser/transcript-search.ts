import { foldText } from './fold-text.ts'

const MIN_LETTERS = 2

/** Finds words in the transcript on the page and leads from one place to the next. */
export class TranscriptSearch extends HTMLElement {
  #found: HTMLElement[] = []
  #at = -1

  connectedCallback(): void {
    this.hidden = false
    this.querySelector('input')?.addEventListener('input', () => this.#search())
    this.querySelector('input')?.addEventListener('keydown', this.#onKey)
    for (const button of this.querySelectorAll<HTMLButtonElement>('button[data-step]')) {
      button.addEventListener('click', () => this.#go(Number(button.dataset.step)))
    }
  }

  #onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    this.#go(event.shiftKey ? -1 : 1)
  }

  #search(): void {
    const query = foldText(this.querySelector('input')?.value.trim() ?? '')
    for (const segment of this.#found) segment.classList.remove('is-found', 'is-here')
    const all = document.querySelectorAll<HTMLElement>(`#${this.dataset.in ?? ''} .segment`)
    const isLongEnough = query.length >= MIN_LETTERS
    this.#found = isLongEnough
      ? [...all].filter((segment) => foldText(segment.textContent).includes(query))
      : []
    for (const segment of this.#found) segment.classList.add('is-found')
    this.#at = -1
    this.#say(isLongEnough)
  }

  #go(step: number): void {
    if (this.#found.length === 0) return
    this.#found[this.#at]?.classList.remove('is-here')
    this.#at = (this.#at + step + this.#found.length) % this.#found.length
    if (this.#at < 0) this.#at = this.#found.length - 1
    const here = this.#found[this.#at]
    here?.classList.add('is-here')
    here?.scrollIntoView({ block: 'center' })
    this.#say(true)
  }

  #say(isAsked: boolean): void {
    const output = this.querySelector('output')
    if (output === null) return
    const count = this.#found.length
    const where = this.#at >= 0 ? `${this.#at + 1} of ${count}` : `${count} found`
    output.textContent = !isAsked ? '' : count === 0 ? 'Not found' : where
  }
}
