import type { TranscriptOrigin } from '../../model/transcript.ts'
import type { EpisodePage } from '../../store/views/episode-page.ts'
import { Notice } from '../parts/notice.tsx'
import { Moment } from '../parts/time.tsx'
import { Transcript } from '../parts/transcript.tsx'

export const ORIGIN_SENTENCES: Readonly<Record<TranscriptOrigin, string>> = {
  publisher: 'The publisher’s own transcript.',
  captions: 'The platform’s captions.',
  'speech-to-text': 'Written down by a speech model, which can mishear.',
  text: 'The text as it was published; nobody offers a transcript of speech.',
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
          <p class="section-note">{ORIGIN_SENTENCES[transcript.origin]}</p>
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
      <button type="button" class="button quiet" data-step="-1">
        Previous
      </button>
      <button type="button" class="button quiet" data-step="1">
        Next
      </button>
      <output for="transcript-query" />
    </transcript-search>
  )
}
