const CLOCK = /\b(?:(\d{1,2}):)?(\d{1,2}):(\d{2})\b/g

/** Makes the times in the show notes lead to their moments in the transcript and the player. */
export class EpisodeNotes extends HTMLElement {
  connectedCallback(): void {
    const segments = [
      ...document.querySelectorAll<HTMLElement>('#transcript-text .segment[data-start]'),
    ]
    const last = segments.at(-1)
    if (last === undefined || this.dataset.linked !== undefined) return
    this.dataset.linked = ''
    const walker = document.createTreeWalker(this, NodeFilter.SHOW_TEXT)
    const texts: Text[] = []
    while (walker.nextNode()) texts.push(walker.currentNode as Text)
    for (const text of texts) {
      if (text.parentElement?.closest('a') === null) linkTimes(text, segments)
    }
  }
}

function linkTimes(text: Text, segments: readonly HTMLElement[]): void {
  const matches = [...text.data.matchAll(CLOCK)]
  for (const match of matches.reverse()) {
    const [clock, hours, minutes, rest] = match
    const seconds = Number(hours ?? 0) * 3600 + Number(minutes) * 60 + Number(rest)
    const segment = segments.findLast(({ dataset }) => Number(dataset.start) <= seconds)
    if (segment === undefined) continue
    const link = document.createElement('a')
    link.href = `#${segment.id}`
    link.className = 'moment'
    link.dataset.seek = String(seconds)
    link.textContent = clock
    const after = text.splitText(match.index)
    after.deleteData(0, clock.length)
    after.before(link)
  }
}
