import type { Child } from 'hono/jsx'
import { FORM_TOKEN_FIELD } from '../guards/form-token.ts'

/** A form that changes something: always POST, always with the session's token. */
export function PostForm(props: {
  action: string
  formToken: string | null
  class?: string
  label?: string
  children: Child
}) {
  return (
    <busy-form>
      <form
        method="post"
        action={props.action}
        class={props.class ?? 'form'}
        {...(props.label === undefined ? {} : { 'aria-label': props.label })}
      >
        {props.formToken !== null && (
          <input type="hidden" name={FORM_TOKEN_FIELD} value={props.formToken} />
        )}
        {props.children}
      </form>
    </busy-form>
  )
}
