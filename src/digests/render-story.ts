import { cleanText } from './clean-text.ts'
import { clipText } from './clip-text.ts'
import type { DigestStory, DigestStorySide } from './digest-content.ts'
import { escapeHref, escapeHtml, fillPart, type Html, joinHtml } from './email/fill-part.ts'
import { differencePart, sidePart, storyPart } from './email/skeleton.generated.ts'
import { countOf, formatPlace } from './format-digest.ts'
import { measureWireSize, type WireSize } from './wire-size.ts'
import { indentText, wrapText } from './wrap-text.ts'

export type StoryFragment = {
  html: Html
  text: string
  htmlSize: WireSize
  textSize: WireSize
}

const MAX_DIFFERENCES = 3
const MAX_SIDES = 4
const MAX_QUOTE = 360

type Difference = DigestStory['differences'][number]

/** The block that says that several shows tell one thing, and where they differ. */
export function renderStory(story: DigestStory): StoryFragment {
  const kicker = `One story, told by ${countOf(story.episodeIds.length, 'source')}`
  const title = clipText(story.title, 140)
  const tellers =
    story.differences.length > 0
      ? 'Where they differ, in their own words. Each telling follows below.'
      : 'Each telling follows below.'
  const differences = story.differences.slice(0, MAX_DIFFERENCES)
  const html = fillPart(storyPart, {
    kicker: escapeHtml(kicker),
    title: escapeHtml(title),
    tellers: escapeHtml(tellers),
    differences: joinHtml(differences.map(differenceHtml)),
  })
  const blocks = [
    `${kicker.toUpperCase()}\n${wrapText(title)}`,
    wrapText(tellers),
    ...differences.map(differenceText),
  ]
  const text = cleanText(blocks.join('\n\n'))
  return { html, text, htmlSize: measureWireSize(html), textSize: measureWireSize(text) }
}

function headingOf({ kind, point }: Difference): string {
  const what = clipText(point, 120)
  return kind === 'number' ? `Two figures: ${what}` : `Two judgements: ${what}`
}

function differenceHtml(difference: Difference): Html {
  return fillPart(differencePart, {
    heading: escapeHtml(headingOf(difference)),
    sides: joinHtml(difference.sides.slice(0, MAX_SIDES).map(sideHtml)),
  })
}

function sideHtml(side: DigestStorySide): Html {
  return fillPart(sidePart, {
    show: escapeHtml(clipText(side.show, 70)),
    quote: escapeHtml(clipText(side.quote, MAX_QUOTE)),
    speaker: escapeHtml(side.speaker === null ? '' : `${clipText(side.speaker, 60)} · `),
    url: escapeHref(side.url),
    place: escapeHtml(formatPlace(side.at)),
  })
}

function differenceText(difference: Difference): string {
  const sides = difference.sides.slice(0, MAX_SIDES).map((side) => {
    const quote = wrapText(`“${clipText(side.quote, MAX_QUOTE)}”`, 68)
    const speaker = side.speaker === null ? '' : `${clipText(side.speaker, 60)}, `
    return `${clipText(side.show, 70)}\n${quote}\n— ${speaker}${formatPlace(side.at)}\n${side.url}`
  })
  return [headingOf(difference), ...sides.map(indentText)].join('\n\n')
}
