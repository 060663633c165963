import type { z } from 'zod'
import { nearestName } from '../nearest-name.ts'
import { describeMistake, type Setting, showSetting } from './setting.ts'

export type Env = Readonly<Record<string, string | undefined>>

/** Where settings are looked for; the first that has one wins. */
export type SettingSources = {
  env: Env
  dotEnv: Env
  /** The text of a file, or undefined when there is none; throws when it may not be read. */
  readText: (path: string) => string | undefined
}

/** A setting fit to be shown (secrets are hidden), with where it came from. */
export type ShownSetting = { name: string; value: string; from: string }

/** What each setting's text becomes; null where none was given and there is no default. */
export type SettingValues<Table extends Record<string, Setting>> = {
  [Name in keyof Table]:
    | z.output<Table[Name]['type']>
    | (Table[Name] extends { default: unknown } ? never : null)
}

/**
 * Reads every setting of the table. A setting X that is secret may come from the file that X_FILE
 * names; an empty value counts as not given. `values` may be used only when `mistakes`, which are
 * whole sentences, is empty.
 */
export function readSettings<Table extends Record<string, Setting>>(
  table: Table,
  sources: SettingSources,
) {
  const given = { ...sources, env: dropEmpty(sources.env), dotEnv: dropEmpty(sources.dotEnv) }
  const mistakes: string[] = []
  const shown: ShownSetting[] = []
  const values: Record<string, unknown> = {}
  for (const [name, setting] of Object.entries(table)) {
    const found = findText(name, setting, given)
    const read = found.text === undefined ? undefined : setting.type.safeParse(found.text)
    values[name] = read?.data ?? null
    shown.push({ name, from: found.from, value: showSetting(setting, found.text) })
    if (found.mistake !== undefined) mistakes.push(found.mistake)
    if (read?.success === false) mistakes.push(describeMistake(name, setting, found.text ?? ''))
  }
  return { values: values as SettingValues<Table>, shown, mistakes }
}

/** A sentence for every name that begins with `prefix` and belongs to no setting of the table. */
export function listUnknownNames(
  table: Readonly<Record<string, Setting>>,
  prefix: string,
  names: readonly string[],
): string[] {
  const known = Object.entries(table).flatMap(([name, { secret }]) =>
    secret ? [name, `${name}_FILE`] : [name],
  )
  const unknown = names.filter((name) => name.startsWith(prefix) && !known.includes(name))
  return unknown.map((name) => {
    const near = nearestName(name, known)
    return `${name} is no setting. ${near === null ? 'Remove it.' : `Did you mean ${near}?`}`
  })
}

/** `env` with white space cut off, without what is empty. */
export function dropEmpty(env: Env): Env {
  const trimmed = Object.entries(env).map(([name, value]) => [name, value?.trim()] as const)
  return Object.fromEntries(trimmed.filter(([, value]) => value))
}

type FoundText = { text: string | undefined; from: string; mistake?: string }

function findText(name: string, setting: Setting, sources: SettingSources): FoundText {
  const { env, dotEnv } = sources
  const twin = `${name}_FILE`
  const file = setting.secret ? (env[twin] ?? dotEnv[twin]) : undefined
  const text = env[name] ?? dotEnv[name]
  const from = env[name] === undefined ? '.env' : 'environment'
  if (file !== undefined && text !== undefined) {
    return { text, from, mistake: `${name} and ${twin} are both set. Keep one of them.` }
  }
  if (file !== undefined) return { from: twin, ...readTwin(twin, file, sources) }
  if (text !== undefined) return { text, from }
  const preset = typeof setting.default === 'function' ? setting.default() : setting.default
  return { text: preset, from: 'default' }
}

function readTwin(twin: string, file: string, { readText }: SettingSources) {
  try {
    const text = readText(file)?.trim()
    if (text) return { text }
    const mistake = `${twin}: ${file} holds no text. Write the value into it.`
    return { text: undefined, mistake }
  } catch {
    const mistake = `${twin}: ${file} cannot be read. Let the user that runs murmurcast read it.`
    return { text: undefined, mistake }
  }
}
