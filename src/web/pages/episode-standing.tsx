import type { EpisodePage } from '../../store/views/episode-page.ts'
import type { PageFrame } from '../page-frame.ts'
import { Button } from '../parts/button.tsx'
import { Notice } from '../parts/notice.tsx'
import { PostForm } from '../parts/post-form.tsx'
import { Moment } from '../parts/time.tsx'

const UNDER_WAY = {
  discovered: 'The show notes are being read.',
  fetched: 'The transcript is being looked for.',
  transcribed: 'The words are here; what matters in them is being picked out.',
  summarised: null,
  grouped: null,
} as const

/** What is late or missing on this page, why, and what the reader can do about it. */
export function EpisodeStanding({ view, frame }: { view: EpisodePage; frame: PageFrame }) {
  if (view.stageReason !== null) {
    return (
      <Notice
        kind={view.retryAt === null ? 'warning' : 'waiting'}
        title="This page is not complete"
      >
        <p>
          {view.stageReason}
          {view.retryAt !== null && (
            <>
              {' Next try '}
              <Moment at={view.retryAt} />.
            </>
          )}
        </p>
        {frame.reader !== null && (
          <PostForm
            action={`/episodes/${view.id}/retry`}
            formToken={frame.formToken}
            class="form-inline"
          >
            <Button icon="retry" busyLabel="Trying…">
              Try again now
            </Button>
          </PostForm>
        )}
      </Notice>
    )
  }
  const underWay = UNDER_WAY[view.stage]
  if (underWay === null || view.summary !== null) return null
  return (
    <live-page data-every-ms="4000" data-whole="">
      <Notice kind="waiting" title="Being read">
        <p>{underWay} This page fills itself as soon as it is done.</p>
      </Notice>
    </live-page>
  )
}
