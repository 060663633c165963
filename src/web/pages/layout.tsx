import type { Child } from 'hono/jsx'
import type { PageFrame } from '../page-frame.ts'
import { Icon, type IconName, Mark } from '../parts/icons.tsx'
import { Notice } from '../parts/notice.tsx'
import { PostForm } from '../parts/post-form.tsx'
import { ReaderZone } from '../parts/time.tsx'
import { DONE_SENTENCES } from './done-sentences.ts'

const PLACES: readonly { href: string; text: string; icon: IconName }[] = [
  { href: '/', text: 'Today', icon: 'today' },
  { href: '/sources', text: 'Sources', icon: 'sources' },
  { href: '/outbox', text: 'Outbox', icon: 'outbox' },
  { href: '/settings', text: 'Settings', icon: 'settings' },
]

type LayoutProps = {
  frame: PageFrame
  title: string
  /** One sentence for search engines and previews; only for pages that anybody may see. */
  publicDescription?: string
  /** The language of the content where it is not English. */
  class?: string
  children: Child
}

/** One page of the house: head, masthead, content, foot. */
export function Layout(props: LayoutProps) {
  const { frame } = props
  return (
    <html lang="en">
      <Head {...props} />
      <body class={props.class ?? ''}>
        <ReaderZone.Provider value={frame.reader?.timeZone ?? 'UTC'}>
          <a class="skip" href="#content">
            Skip to the content
          </a>
          <Masthead frame={frame} />
          <main id="content" tabindex={-1}>
            <DoneNotice done={frame.done} />
            {props.children}
          </main>
          <Foot frame={frame} />
        </ReaderZone.Provider>
      </body>
    </html>
  )
}

function Head({ frame, title, publicDescription }: LayoutProps) {
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>{`${title} · murmurcast`}</title>
      {publicDescription === undefined ? (
        <meta name="robots" content="noindex" />
      ) : (
        <>
          <meta name="description" content={publicDescription} />
          <meta property="og:title" content={title} />
          <meta property="og:description" content={publicDescription} />
          <meta property="og:type" content="article" />
          <link rel="canonical" href={new URL(frame.path, frame.baseUrl).href} />
        </>
      )}
      <link rel="icon" href={frame.assets.mark} type="image/svg+xml" />
      <link rel="stylesheet" href={frame.assets.css} />
      <script type="module" src={frame.assets.js} />
    </head>
  )
}

function Masthead({ frame }: { frame: PageFrame }) {
  return (
    <header class="masthead">
      <div class="masthead-inner">
        <a class="brand" href="/">
          <Mark />
          <span>murmurcast</span>
        </a>
        {frame.reader !== null && (
          <nav aria-label="Main">
            <ul>
              {PLACES.map(({ href, text, icon }) => (
                <li>
                  <a href={href} {...(isHere(href, frame.path) ? { 'aria-current': 'page' } : {})}>
                    <Icon name={icon} />
                    <span>{text}</span>
                  </a>
                </li>
              ))}
            </ul>
          </nav>
        )}
      </div>
    </header>
  )
}

function isHere(href: string, path: string): boolean {
  if (href === '/') return path === '/' || path.startsWith('/digests')
  return path === href || path.startsWith(`${href}/`)
}

function DoneNotice({ done }: { done: string | null }) {
  const sentence = done === null ? undefined : DONE_SENTENCES.get(done)
  return sentence === undefined ? null : <Notice kind="done">{sentence}</Notice>
}

function Foot({ frame }: { frame: PageFrame }) {
  return (
    <footer class="foot">
      <p>Nothing is claimed here that the source does not say.</p>
      {frame.reader !== null && (
        <PostForm action="/sign-out" formToken={frame.formToken} class="form-inline">
          <button type="submit" class="button quiet">
            <Icon name="signout" />
            <span>Sign out</span>
          </button>
        </PostForm>
      )}
    </footer>
  )
}
