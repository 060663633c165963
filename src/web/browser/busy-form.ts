/** Says in its button that a form is under way, and keeps it from being sent twice. */
export class BusyForm extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener('submit', this.#onSubmit)
    // Coming back by the browser's history shows the page as it was left: busy.
    window.addEventListener('pageshow', this.#reset)
  }

  disconnectedCallback(): void {
    window.removeEventListener('pageshow', this.#reset)
  }

  #onSubmit = (event: SubmitEvent): void => {
    const button = event.submitter ?? this.querySelector('button')
    if (!(button instanceof HTMLButtonElement)) return
    if (button.getAttribute('aria-disabled') === 'true') {
      event.preventDefault()
      return
    }
    button.setAttribute('aria-disabled', 'true')
    const label = button.querySelector('span')
    const busy = button.dataset.busy
    if (label === null || busy === undefined) return
    button.dataset.idle = label.textContent
    label.textContent = busy
  }

  #reset = (): void => {
    for (const button of this.querySelectorAll<HTMLButtonElement>('button[aria-disabled]')) {
      button.removeAttribute('aria-disabled')
      const label = button.querySelector('span')
      if (label !== null && button.dataset.idle !== undefined)
        label.textContent = button.dataset.idle
    }
  }
}
