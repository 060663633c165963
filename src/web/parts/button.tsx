import type { Child } from 'hono/jsx'
import { Icon, type IconName } from './icons.tsx'

export type ButtonKind = 'primary' | 'secondary' | 'quiet' | 'danger'

type ButtonLook = { kind?: ButtonKind; icon?: IconName; children: Child }

/** What does something. `busyLabel` is said while its form is under way. */
export function Button(
  props: ButtonLook & { name?: string; value?: string; disabled?: boolean; busyLabel?: string },
) {
  const { kind = 'secondary', icon, children, busyLabel, ...rest } = props
  return (
    <button type="submit" class={`button ${kind}`} data-busy={busyLabel} {...rest}>
      {icon !== undefined && <Icon name={icon} />}
      <span>{children}</span>
    </button>
  )
}

/** What goes somewhere and should look like a button. */
export function ButtonLink(props: ButtonLook & { href: string; download?: string }) {
  const { kind = 'secondary', icon, children, ...rest } = props
  return (
    <a class={`button ${kind}`} {...rest}>
      {icon !== undefined && <Icon name={icon} />}
      <span>{children}</span>
    </a>
  )
}
