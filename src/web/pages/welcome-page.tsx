import type { PageFrame } from '../page-frame.ts'
import { Button } from '../parts/button.tsx'
import { FormField } from '../parts/form-field.tsx'
import { PostForm } from '../parts/post-form.tsx'
import { Layout } from './layout.tsx'

/** Asks for one address; the answer comes from a live look at it. */
export function AddSourceForm(props: { frame: PageFrame; url?: string; error?: string }) {
  return (
    <PostForm
      action="/sources/check"
      formToken={props.frame.formToken}
      class="form add-source"
      label="Follow a source"
    >
      <FormField
        name="url"
        label="Paste a link"
        type="text"
        placeholder="https://"
        hint="The feed of a podcast, a channel or a blog."
        value={props.url ?? ''}
        required
        maxlength={2000}
        autocomplete="off"
        {...(props.error === undefined ? {} : { error: props.error })}
      />
      <Button kind="primary" icon="search" busyLabel="Looking…">
        Look it up
      </Button>
    </PostForm>
  )
}

/** The first page of a reader who follows nothing yet: two ways in, and what happens then. */
export function WelcomePage({ frame }: { frame: PageFrame }) {
  return (
    <Layout frame={frame} title="Welcome" class="welcome">
      <div class="hero">
        <p class="kicker">Welcome</p>
        <h1>What do you listen to?</h1>
        <p class="lead">
          Give murmurcast one thing you follow. It reads every new episode for you, and tells you
          what was said, by whom, and at which minute.
        </p>
      </div>
      <div class="ways">
        <section class="way" aria-labelledby="way-own">
          <h2 id="way-own">Start with your own</h2>
          <AddSourceForm frame={frame} />
        </section>
        <section class="way" aria-labelledby="way-sample">
          <h2 id="way-sample">Or look around first</h2>
          <p>
            The sample library holds two podcasts and a channel, made for this. No account, no key
            and no network are needed. You can remove it again at any time.
          </p>
          <PostForm action="/samples" formToken={frame.formToken}>
            <Button kind="secondary" icon="sample" busyLabel="Opening the library…">
              Try the sample library
            </Button>
          </PostForm>
        </section>
      </div>
      <Steps />
    </Layout>
  )
}

const STEPS: readonly [string, string][] = [
  [
    'It reads',
    'New episodes are found within the hour. The publisher’s own transcript comes first; where nobody offers one, the page says so.',
  ],
  [
    'It picks and checks',
    'Chapters, key moments and topics, each with its speaker and its minute. What cannot be found in the source is left out.',
  ],
  [
    'It tells you once',
    'One digest a day, at your hour, in your time zone, with the reason for whatever is missing.',
  ],
]

/** What the product does, told in three steps. */
export function Steps() {
  return (
    <section aria-labelledby="steps">
      <h2 id="steps" class="section-title">
        How it works
      </h2>
      <ol class="steps">
        {STEPS.map(([title, text]) => (
          <li>
            <h3>{title}</h3>
            <p>{text}</p>
          </li>
        ))}
      </ol>
    </section>
  )
}
