import type { Child } from 'hono/jsx'
import type { SourceState } from '../../model/source.ts'
import { Icon, type IconName } from './icons.tsx'

/** A word that classes something. */
export function Badge(props: {
  tone?: 'plain' | 'accent' | 'good' | 'bad'
  icon?: IconName
  children: Child
}) {
  return (
    <span class={`badge ${props.tone ?? 'plain'}`}>
      {props.icon !== undefined && <Icon name={props.icon} />}
      {props.children}
    </span>
  )
}

/** Badges side by side as a list. */
export function Badges({ words }: { words: readonly string[] }) {
  if (words.length === 0) return null
  return (
    <ul class="badges" aria-label="Kind">
      {words.map((word) => (
        <li>
          <Badge tone="accent">{word}</Badge>
        </li>
      ))}
    </ul>
  )
}

const STATES: Readonly<
  Record<SourceState, { word: string; tone: 'plain' | 'good' | 'bad'; icon: IconName }>
> = {
  new: { word: 'Waiting for its first check', tone: 'plain', icon: 'waiting' },
  ok: { word: 'Working', tone: 'good', icon: 'check' },
  failing: { word: 'Not answering', tone: 'bad', icon: 'warning' },
  gone: { word: 'Gone', tone: 'bad', icon: 'warning' },
  paused: { word: 'Paused', tone: 'plain', icon: 'pause' },
}

/** How a source is doing, in words. */
export function SourceStateBadge({ state }: { state: SourceState }) {
  const { word, tone, icon } = STATES[state]
  return (
    <Badge tone={tone} icon={icon}>
      {word}
    </Badge>
  )
}
