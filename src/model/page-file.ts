/** Where an episode's page lies in the folder of a digest that was made in one go. */
export function pageFileOf(episodeId: string): string {
  return `episodes/${episodeId}.html`
}
