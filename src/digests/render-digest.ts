import type { DigestContent } from './digest-content.ts'
import { type FragmentCache, planDigest } from './plan-digest.ts'
import { renderDigestHtml } from './render-digest-html.ts'
import { renderDigestText } from './render-digest-text.ts'
import { renderSubject } from './render-subject.ts'

/** A digest ready to be composed into a mail. */
export type RenderedDigest = {
  subject: string
  html: string
  text: string
  /** Episodes that the mail shows, in order; the others are counted in it. */
  shownEpisodeIds: string[]
}

/**
 * Renders a digest: subject, HTML and text from one plan, so that both parts hold the same items
 * and links. The same content gives the same bytes. A `cache` shared between calls saves the
 * rendering of items that several readers get; it is keyed by the item objects, so share those.
 */
export function renderDigest(content: DigestContent, cache?: FragmentCache): RenderedDigest {
  const plan = planDigest(content, cache)
  return {
    subject: renderSubject(content),
    html: renderDigestHtml(content, plan),
    text: renderDigestText(content, plan),
    shownEpisodeIds: plan.entries.map((entry) => entry.item.episodeId),
  }
}
