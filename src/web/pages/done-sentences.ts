/**
 * What is said after a change, by the word in `?done=`. Only these sentences are ever shown, so that
 * nobody can put words on the page by a link.
 */
export const DONE_SENTENCES: ReadonlyMap<string, string> = new Map([
  [
    'added',
    'Added. Its latest episodes are being read now; they show up on Today as they are ready.',
  ],
  ['samples', 'The sample library is here. Its episodes are being read now; this takes a moment.'],
  ['paused', 'Paused. It is not checked for you until you resume it.'],
  ['resumed', 'Resumed. It is checked again with the others.'],
  ['removed', 'Removed. You no longer follow it.'],
  ['retried', 'It is being tried again now.'],
  ['saved', 'Saved.'],
  ['digests-again', 'Your digests come again, at your usual hour.'],
  ['no-digest', 'There is nothing new to put into a digest yet.'],
  ['digest-there', 'Today’s digest is made already. The next one comes tomorrow.'],
  ['digest', 'Your digest is being put together. It appears here in a moment.'],
])
