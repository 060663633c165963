import type { SourceKind } from '../../model/source.ts'
import { Icon } from './icons.tsx'

const HUES = 6

/** The first letters of a title's first two words that have any: `The Slow Lane` → `SL`. */
export function initialsOf(title: string): string {
  const words = title.match(/[\p{L}\p{N}]+/gu) ?? []
  const telling =
    words.length > 2 ? words.filter((word) => !/^(the|a|an|of|and)$/i.test(word)) : words
  const letters = telling.slice(0, 2).map((word) => [...word][0] ?? '')
  return letters.join('').toLocaleUpperCase('en-GB') || '·'
}

/** A colour that stays with the title: a number from 0, the same on every page. */
export function hueOf(title: string): number {
  let sum = 0
  for (const letter of title) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0
  return sum % HUES
}

/** A source's cover, or its initials while there is none. Decoration: the title stands beside it. */
export function SourceMark(props: {
  title: string
  kind: SourceKind
  image: string | null
  size?: 'small' | 'large'
}) {
  const { image } = props
  const isOwn = image !== null && /^(\/(?!\/)|data:image\/)/.test(image)
  return (
    <span
      class={`source-mark hue-${hueOf(props.title)} ${props.size ?? 'small'}`}
      aria-hidden="true"
    >
      {isOwn ? (
        <img src={image} alt="" width="96" height="96" loading="lazy" />
      ) : (
        <span class="initials">{initialsOf(props.title)}</span>
      )}
      <span class="kind">
        <Icon name={props.kind} />
      </span>
    </span>
  )
}
