import type { SignInAnswer } from '../../actions/sign-in.ts'
import type { PageFrame } from '../page-frame.ts'
import { Button } from '../parts/button.tsx'
import { Mark } from '../parts/icons.tsx'
import { Notice } from '../parts/notice.tsx'
import { PostForm } from '../parts/post-form.tsx'
import { Layout } from './layout.tsx'
import { Steps } from './welcome-page.tsx'

/** What somebody sees who is not signed in. */
export function FrontPage({ frame, signInHelp }: { frame: PageFrame; signInHelp: string }) {
  return (
    <Layout
      frame={frame}
      title="One daily e-mail you can trust"
      publicDescription="murmurcast reads the podcasts, channels, newsletters and blogs that you follow and turns them into one daily e-mail, with the moment behind every claim."
      class="front"
    >
      <div class="hero">
        <h1>Everything you follow, in one e‑mail you can check.</h1>
        <p class="lead">
          murmurcast reads your podcasts, channels, newsletters and blogs. Each morning it tells you
          what was said, who said it, and at which minute, in the speakers’ own words.
        </p>
      </div>
      <Notice kind="info" title="This house is private">
        <p>To come in, open the sign-in link of the house. {signInHelp}</p>
      </Notice>
      <Steps />
    </Layout>
  )
}

/** One button; that opening the page changes nothing keeps link scanners from using the link up. */
export function SignInPage({ frame, token }: { frame: PageFrame; token: string }) {
  return (
    <Layout frame={frame} title="Come in" class="narrow sign-in">
      <Mark />
      <h1>Welcome to your house</h1>
      <p class="lead">
        This link signs this browser in. It works once, and only when you press the button.
      </p>
      <PostForm action={`/welcome/${token}`} formToken={frame.formToken}>
        <Button kind="primary" busyLabel="Opening…">
          Come in
        </Button>
      </PostForm>
    </Layout>
  )
}

const WHY: Readonly<Record<Extract<SignInAnswer, { signedIn: false }>['reason'], string>> = {
  unknown: 'Nobody here knows this sign-in link. It may have been cut short when it was copied.',
  used: 'This sign-in link has been used already. Each works once.',
  expired: 'This sign-in link is too old.',
}

/** Why the link opened nothing, and where to get one that does. */
export function SignInRefusedPage(props: {
  frame: PageFrame
  reason: Extract<SignInAnswer, { signedIn: false }>['reason']
  signInHelp: string
}) {
  return (
    <Layout frame={props.frame} title="This link does not open" class="narrow">
      <h1>This link does not open</h1>
      <Notice kind="error">
        <p>{WHY[props.reason]}</p>
        <p>{props.signInHelp}</p>
      </Notice>
    </Layout>
  )
}
