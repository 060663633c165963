import type { PageFrame } from '../page-frame.ts'
import { Button } from '../parts/button.tsx'
import { Layout } from './layout.tsx'

/** What the link in every digest opens. Opening it changes nothing: mail scanners open links too. */
export function UnsubscribePage({ frame, token }: { frame: PageFrame; token: string }) {
  return (
    <Layout frame={frame} title="Stop the digests" class="narrow">
      <h1>Stop the daily e‑mail?</h1>
      <p class="lead">No more digests are sent. What you follow stays as it is.</p>
      <form method="post" action={`/unsubscribe/${token}`}>
        <Button kind="primary">Stop the e‑mails</Button>
      </form>
    </Layout>
  )
}

/** Says that they are stopped, and how to have them back. */
export function UnsubscribedPage({ frame, token }: { frame: PageFrame; token: string }) {
  return (
    <Layout frame={frame} title="The digests are stopped" class="narrow">
      <h1>Done. No more digests are sent.</h1>
      <p class="lead">This took effect at once. Changed your mind?</p>
      <form method="post" action={`/unsubscribe/${token}/undo`}>
        <Button>Send them again</Button>
      </form>
    </Layout>
  )
}

/** Says that they come again. */
export function ResubscribedPage({ frame }: { frame: PageFrame }) {
  return (
    <Layout frame={frame} title="The digests come again" class="narrow">
      <h1>The digests come again.</h1>
      <p class="lead">The next one arrives at your usual hour.</p>
    </Layout>
  )
}
