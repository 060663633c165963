import { settings } from '../src/config.ts'
import type { Setting } from '../src/text/settings/setting.ts'

/** All settings with what holds when none is given, in words that are true on every machine. */
export function listSettings(): { name: string; setting: Setting; preset: string }[] {
  return Object.entries<Setting>(settings).map(([name, setting]) => {
    const text = typeof setting.default === 'string' ? setting.default : ''
    return { name, setting, preset: setting.defaultSays ?? (text || 'none') }
  })
}
