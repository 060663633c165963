import { Failure } from '../model/failure.ts'
import type { WebContext } from './web-env.ts'

/** A form's fields as text; files and repeated fields are left out. Throws `bad-form`. */
export async function readForm(c: WebContext): Promise<Record<string, string>> {
  try {
    const body = await c.req.parseBody()
    const texts = Object.entries(body).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    )
    return Object.assign(Object.create(null), Object.fromEntries(texts))
  } catch (cause) {
    if (cause instanceof Failure) throw cause
    throw new Failure(
      'bad-form',
      'caller',
      'The form arrived broken. Nothing was changed. Open the page again and repeat it there.',
      { cause },
    )
  }
}
