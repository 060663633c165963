type FieldProps = {
  name: string
  label: string
  hint?: string | undefined
  /** What is wrong with the value that was given, and how to mend it. */
  error?: string | undefined
}

function describedBy({ name, hint, error }: FieldProps): string | undefined {
  const ids = [hint !== undefined && `${name}-hint`, error !== undefined && `${name}-error`]
  return ids.filter(Boolean).join(' ') || undefined
}

function Around(props: FieldProps & { children: unknown }) {
  return (
    <div class={props.error === undefined ? 'field' : 'field has-error'}>
      <label for={props.name}>{props.label}</label>
      {props.hint !== undefined && (
        <p class="hint" id={`${props.name}-hint`}>
          {props.hint}
        </p>
      )}
      {props.children}
      {props.error !== undefined && (
        <p class="field-error" id={`${props.name}-error`}>
          {props.error}
        </p>
      )}
    </div>
  )
}

/** One labelled input with its hint and what is wrong with it. */
export function FormField(
  props: FieldProps & {
    type?: 'text' | 'url' | 'email' | 'time' | 'search'
    value?: string
    placeholder?: string
    autocomplete?: string
    required?: boolean
    list?: string
    maxlength?: number
  },
) {
  const { label, hint, error, type = 'text', ...input } = props
  return (
    <Around name={props.name} label={label} hint={hint} error={error}>
      <input
        id={props.name}
        type={type}
        aria-describedby={describedBy(props)}
        {...(error === undefined ? {} : { 'aria-invalid': 'true' })}
        {...input}
      />
    </Around>
  )
}

/** One labelled choice among few. */
export function SelectField(
  props: FieldProps & { value: string; options: readonly { value: string; text: string }[] },
) {
  return (
    <Around name={props.name} label={props.label} hint={props.hint} error={props.error}>
      <select id={props.name} name={props.name} aria-describedby={describedBy(props)}>
        {props.options.map(({ value, text }) => (
          <option value={value} selected={value === props.value}>
            {text}
          </option>
        ))}
      </select>
    </Around>
  )
}
