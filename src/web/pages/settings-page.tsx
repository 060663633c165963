import type { SettingsPage } from '../../store/views/settings-page.ts'
import type { PageFrame } from '../page-frame.ts'
import { Button } from '../parts/button.tsx'
import { FormField, SelectField } from '../parts/form-field.tsx'
import { Notice } from '../parts/notice.tsx'
import { PostForm } from '../parts/post-form.tsx'
import { Moment } from '../parts/time.tsx'
import { LANGUAGES } from './languages.ts'
import { Layout } from './layout.tsx'

export type SettingsErrors = Partial<Record<keyof SettingsPage['settings'], string>>

/** What the values in the form are: text, as typed, until it has been checked. */
export type SettingsForm = { [K in keyof SettingsPage['settings']]: string }

/** Where and when the reader gets their digest. */
export function SettingsPageView(props: {
  frame: PageFrame
  view: SettingsPage
  form: SettingsForm
  errors?: SettingsErrors
}) {
  const { frame, view, form, errors = {} } = props
  const error = (name: keyof SettingsForm) =>
    errors[name] === undefined ? {} : { error: errors[name] }
  return (
    <Layout frame={frame} title="Settings" class="narrow settings">
      <h1>Settings</h1>
      {!view.wantsDigest && (
        <Notice kind="info" title="Your digests are stopped">
          <PostForm action="/settings/digests" formToken={frame.formToken}>
            <Button>Send them again</Button>
          </PostForm>
        </Notice>
      )}
      {Object.keys(errors).length > 0 && (
        <Notice kind="error">
          <p>Nothing was saved yet. The marked fields need another look.</p>
        </Notice>
      )}
      <PostForm action="/settings" formToken={frame.formToken}>
        <FormField
          name="displayName"
          label="Your name"
          value={form.displayName}
          autocomplete="name"
          maxlength={100}
          {...error('displayName')}
        />
        <FormField
          name="email"
          label="E-mail address"
          type="email"
          value={form.email}
          autocomplete="email"
          maxlength={254}
          hint={
            view.sendsMail
              ? 'Your digest goes here. Leave it empty to keep digests in the outbox.'
              : 'No mail server is set up, so digests stay in the outbox for now.'
          }
          {...error('email')}
        />
        <div class="field-pair">
          <FormField
            name="digestAt"
            label="Digest at"
            type="time"
            value={form.digestAt}
            required
            {...error('digestAt')}
          />
          <TimeZoneField value={form.timeZone} {...error('timeZone')} />
        </div>
        <SelectField
          name="language"
          label="Language"
          value={form.language}
          options={languageOptions(form.language)}
          {...error('language')}
        />
        {view.nextDigestAt !== null && (
          <p class="quiet-text">
            Next digest <Moment at={view.nextDigestAt} />
          </p>
        )}
        <Button kind="primary" busyLabel="Saving…">
          Save
        </Button>
      </PostForm>
    </Layout>
  )
}

function TimeZoneField({ value, error }: { value: string; error?: string }) {
  return (
    <>
      <FormField
        name="timeZone"
        label="Time zone"
        value={value}
        list="time-zones"
        required
        maxlength={64}
        autocomplete="off"
        {...(error === undefined ? {} : { error })}
      />
      <datalist id="time-zones">
        {Intl.supportedValuesOf('timeZone').map((zone) => (
          <option value={zone} />
        ))}
      </datalist>
    </>
  )
}

function languageOptions(current: string): { value: string; text: string }[] {
  const known = LANGUAGES.map(([value, text]) => ({ value, text }))
  return known.some(({ value }) => value === current)
    ? known
    : [{ value: current, text: current }, ...known]
}
