import type { Hono } from 'hono'
import { z } from 'zod'
import { isFailure } from '../../model/failure.ts'
import { wallTimeSchema } from '../../model/reader.ts'
import type { ReaderSettings } from '../../store/views/settings-page.ts'
import { answerPage, goOn, requireReader, type WebRoom } from '../answer-page.tsx'
import {
  type SettingsErrors,
  type SettingsForm,
  SettingsPageView,
} from '../pages/settings-page.tsx'
import { readForm } from '../read-form.ts'
import type { WebContext, WebEnv } from '../web-env.ts'

/** Where and when a reader gets their digest. */
export function addSettingsRoutes(app: Hono<WebEnv>, room: WebRoom): void {
  app.get('/settings', async (c) => {
    const view = await room.options.views.getSettingsPage(requireReader(c, room))
    const form = { ...view.settings, email: view.settings.email ?? '' }
    return answerPage(c, <SettingsPageView frame={c.get('frame')} view={view} form={form} />)
  })
  app.post('/settings', async (c) => {
    const reader = requireReader(c, room)
    const form = toForm(await readForm(c))
    const read = settingsSchema.safeParse(form)
    if (!read.success) return answerErrors(c, room, { form, errors: errorsOf(read.error) })
    try {
      await room.options.actions.saveSettings(reader, read.data)
    } catch (error) {
      if (!isFailure(error, 'email-taken')) throw error
      return answerErrors(c, room, { form, errors: { email: error.message } })
    }
    return goOn(c, '/settings', 'saved')
  })
}

/** The way back for who has stopped the digests by the link in one. */
export function addDigestWishRoute(app: Hono<WebEnv>, room: WebRoom): void {
  app.post('/settings/digests', async (c) => {
    await room.options.actions.startDigests(requireReader(c, room))
    return goOn(c, '/settings', 'digests-again')
  })
}

async function answerErrors(
  c: WebContext,
  room: WebRoom,
  shown: { form: SettingsForm; errors: SettingsErrors },
): Promise<Response> {
  const view = await room.options.views.getSettingsPage(requireReader(c, room))
  return answerPage(c, <SettingsPageView frame={c.get('frame')} view={view} {...shown} />, 422)
}

const PLAIN_ADDRESS =
  /^[^\s@<>()[\]\\,;:"\p{Cc}\p{Cf}]+@[^\s@<>()[\]\\,;:"\p{Cc}\p{Cf}]+\.[^\s@.]+$/u

/** Settings as they are typed: text in, checked values out. An empty address is none. */
export const settingsSchema = z.object({
  displayName: z
    .string()
    .transform((text) => text.normalize('NFC').trim())
    .refine((text) => text !== '' && text.length <= 100, 'Give a name of at most 100 letters.')
    .refine((text) => !/\p{Cc}/u.test(text), 'A name has no line breaks or control characters.'),
  email: z
    .string()
    .transform((text) => text.normalize('NFKC').trim())
    .refine(
      (text) => text === '' || (text.length <= 254 && PLAIN_ADDRESS.test(text)),
      'That is not an e-mail address. It should look like name@example.org.',
    )
    .transform((text) => (text === '' ? null : text)),
  timeZone: z
    .string()
    .refine(isTimeZone, 'That is not a time zone. Choose one such as Europe/Zurich.'),
  digestAt: z
    .string()
    .refine((text) => wallTimeSchema.safeParse(text).success, 'Give a time such as 07:00.'),
  language: z.string().refine(isLanguageTag, 'That is not a language. Choose one from the list.'),
})

function toForm(fields: Record<string, string>): SettingsForm {
  const text = (name: keyof ReaderSettings) => fields[name] ?? ''
  return {
    displayName: text('displayName'),
    email: text('email'),
    timeZone: text('timeZone'),
    digestAt: text('digestAt'),
    language: text('language'),
  }
}

function errorsOf(error: z.ZodError): SettingsErrors {
  return Object.fromEntries(error.issues.map(({ path, message }) => [String(path[0]), message]))
}

function isTimeZone(zone: string): boolean {
  try {
    return zone.length <= 64 && new Intl.DateTimeFormat('en', { timeZone: zone }) !== null
  } catch {
    return false
  }
}

function isLanguageTag(tag: string): boolean {
  try {
    return tag.length <= 35 && Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}
