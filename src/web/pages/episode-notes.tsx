import { raw } from 'hono/html'
import type { CleanNotes } from '../../model/episode.ts'
import { linkNotesMoments } from '../link-notes-moments.ts'
import { ExternalLink, siteOf } from '../parts/external-link.tsx'
import type { MomentFinder } from '../parts/moment-link.tsx'

/** The publisher's own description, and the links in it as a list. */
export function EpisodeNotes(props: {
  notes: CleanNotes | null
  link: string | null
  find: MomentFinder
}) {
  const { notes, link, find } = props
  if (notes === null || (notes.html === '' && notes.links.length === 0)) return null
  return (
    <section aria-labelledby="about">
      <h2 id="about" class="section-title">
        About this episode
      </h2>
      {notes.html !== '' && (
        <>
          <p class="section-note">
            In the publisher’s words
            {link !== null && (
              <>
                {', from '}
                <ExternalLink href={link}>{siteOf(link)}</ExternalLink>
              </>
            )}
            .
          </p>
          <NotesHtml html={linkNotesMoments(notes.html, find)} />
        </>
      )}
      {notes.links.length > 0 && (
        <details class="links" open={notes.links.length <= 6}>
          <summary>Links mentioned ({notes.links.length})</summary>
          <ul class="link-list">
            {notes.links.map(({ url, title }) => (
              <li>
                <ExternalLink href={url}>{title || siteOf(url)}</ExternalLink>
                <span class="quiet-text">{siteOf(url)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

/** The one place where markup goes out as it is: `CleanNotes.html` left `text/html` sanitised. */
function NotesHtml({ html }: { html: string }) {
  return <div class="prose notes">{raw(html)}</div>
}
