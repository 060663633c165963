import { z } from 'zod'
import { hideCredentials } from './parse-values.ts'

/** One setting of the program, given as text. */
export type Setting = {
  /** Reads the text. Its message completes the sentence "This is not …". */
  type: z.ZodType<unknown, string>
  /** One line. */
  help: string
  example: string
  /** The text that stands when none is given; without it the setting may be absent. */
  default?: string | (() => string)
  /** What holds when nothing is given, in words, where `default` does not say it. */
  defaultSays?: string
  /** True for what opens something: never shown or logged, and it may come from a file. */
  secret?: true
}

/** A type that reads text by `parse`, which answers undefined for all that `is` does not describe. */
export function written<T>(is: string, parse: (text: string) => T | undefined) {
  return z.string().transform((raw, context): T => {
    const value = parse(raw)
    if (value !== undefined) return value
    context.addIssue({ code: 'custom', message: is })
    return z.NEVER
  })
}

/** A type that reads items divided by commas or white space; each must satisfy `parse`. '' is none. */
export function writtenList<T>(is: string, parse: (item: string) => T | undefined) {
  return written(is, (raw) => {
    const items = raw.split(/[\s,]+/).filter((item) => item !== '')
    const values = items.map(parse).filter((value) => value !== undefined)
    const isWhole = values.length === items.length && (values.length > 0 || raw === '')
    return isWhole ? values : undefined
  })
}

/** A type that reads one of `names`, in upper or lower case. */
export function writtenName<T extends string>(names: readonly T[]) {
  return written(`one of ${names.join(', ')}`, oneOf(names))
}

/** Finds the name that `text` is, in upper or lower case. */
export function oneOf<T extends string>(names: readonly T[]) {
  return (text: string): T | undefined => names.find((name) => name === text.toLowerCase())
}

/** The sentence for a text that the setting's type refuses; it never quotes a secret. */
export function describeMistake(name: string, setting: Setting, raw: string): string {
  const is = setting.type.safeParse(raw).error?.issues[0]?.message
  const given = setting.secret ? 'its value' : JSON.stringify(raw.slice(0, 100))
  return `${name}: ${given} is not ${is}. For example: ${name}=${setting.example}`
}

/** What may be shown of a setting's text: of a secret only the parts that open nothing. */
export function showSetting(setting: Setting, raw: string | undefined): string {
  if (raw === undefined || raw === '') return setting.defaultSays ?? 'none'
  return setting.secret ? hideCredentials(raw) : raw
}
