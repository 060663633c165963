import type { Child } from 'hono/jsx'
import { Icon, type IconName } from './icons.tsx'

export type NoticeKind = 'info' | 'done' | 'waiting' | 'warning' | 'error'

const ICONS: Readonly<Record<NoticeKind, IconName>> = {
  info: 'info',
  done: 'check',
  waiting: 'waiting',
  warning: 'warning',
  error: 'warning',
}

/** Something the reader should know now: what happened, and what to do about it. */
export function Notice(props: { kind: NoticeKind; title?: string; children?: Child }) {
  return (
    <div class={`notice ${props.kind}`} role={props.kind === 'error' ? 'alert' : 'status'}>
      <Icon name={ICONS[props.kind]} />
      <div>
        {props.title !== undefined && <p class="notice-title">{props.title}</p>}
        {props.children !== undefined && <div class="notice-text">{props.children}</div>}
      </div>
    </div>
  )
}

/** A place with nothing in it yet: why, and what fills it. */
export function EmptyState(props: { icon: IconName; title: string; children?: Child }) {
  return (
    <div class="empty">
      <Icon name={props.icon} />
      <p class="empty-title">{props.title}</p>
      <div class="empty-text">{props.children}</div>
    </div>
  )
}

/** How far something is: steps done of all, with the present one in words. */
export function Progress(props: { label: string; done: number; of: number }) {
  return (
    <div class="progress">
      <span class="progress-label">{props.label}</span>
      <progress value={props.done} max={props.of} aria-label={props.label} />
    </div>
  )
}
