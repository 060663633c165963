import type { SourceKind } from '../../model/source.ts'
import type { TranscriptOrigin } from '../../model/transcript.ts'
import type { EpisodePage } from '../../store/views/episode-page.ts'
import { Icon } from '../parts/icons.tsx'
import { Notice } from '../parts/notice.tsx'
import { Moment } from '../parts/time.tsx'
import { Transcript } from '../parts/transcript.tsx'

const ORIGIN_SENTENCES: Readonly<Record<Exclude<TranscriptOrigin, 'text'>, string>> = {
  publisher: 'The publisher’s own transcript.',
  captions: 'The platform’s captions.',
  'speech-to-text': 'Written down by a speech model, which can mishear.',
}

/** Where an episode's words come from, in a sentence. */
export function describeOrigin(origin: TranscriptOrigin, kind: SourceKind): string {
  if (origin !== 'text') return ORIGIN_SENTENCES[origin]
  const isWritten = kind === 'newsletter' || kind === 'blog'
  return isWritten
    ? 'The text as it was published.'
    : 'The show notes only; nobody offers a transcript of what was said.'
}

/** All the words, or why they are not here. */
export function EpisodeTranscript({ view }: { view: EpisodePage }) {
  const { transcript } = view
  const isText = transcript.state === 'shown' && transcript.origin === 'text'
  return (
    <section aria-labelledby="transcript">
      <h2 id="transcript" class="section-title">
        {isText ? 'The text' : 'Transcript'}
      </h2>
      {transcript.state === 'shown' && (
        <>
          <p class="section-note">{describeOrigin(transcript.origin, view.source.kind)}</p>
          <TranscriptSearch />
          <Transcript segments={transcript.segments} isText={isText} />
        </>
      )}
      {transcript.state === 'members-only' && (
        <Notice kind="info" title="For members">
          <p>The full transcript is for members of this house. Sign in to read it.</p>
        </Notice>
      )}
      {transcript.state === 'waiting' && (
        <Notice kind="waiting" title="Not there yet">
          <p>
            {transcript.reason}
            {transcript.retryAt !== null && (
              <>
                {' Next look '}
                <Moment at={transcript.retryAt} />.
              </>
            )}
          </p>
        </Notice>
      )}
      {transcript.state === 'missing' && (
        <Notice kind="info" title="No transcript">
          <p>{transcript.reason}</p>
        </Notice>
      )}
    </section>
  )
}

/** Searches the words on the page; shown by the browser's script, as it does nothing without. */
function TranscriptSearch() {
  return (
    <transcript-search class="transcript-search" data-in="transcript-text" hidden>
      <label for="transcript-query">Search in it</label>
      <input id="transcript-query" type="search" autocomplete="off" />
      <button type="button" class="button quiet" data-step="-1" aria-label="Previous place">
        <Icon name="earlier" />
      </button>
      <button type="button" class="button quiet" data-step="1" aria-label="Next place">
        <Icon name="later" />
      </button>
      <output for="transcript-query" />
    </transcript-search>
  )
}
