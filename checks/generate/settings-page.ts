import { listSettings } from '../list-settings.ts'
import type { Generator } from './generator.ts'

export const generator: Generator = { path: 'docs/settings.md', render: renderSettingsPage }

const INTRODUCTION = `<!-- Made from src/config.ts by \`npm run generate\`. -->
# Settings

murmurcast needs no settings to start. What you set is read from the environment, or from a file
named \`.env\` in the folder where you start it; the environment wins. An empty value counts as not
set.

A setting marked *secret* is never shown or logged. Instead of the value you can give the name of a
file that holds it, by adding \`_FILE\` to the setting's name: \`SMTP_URL_FILE=/run/secrets/smtp\`.

\`murmurcast config check\` prints all settings as they are read, and every mistake at once.
`

function renderSettingsPage(): string {
  const rows = listSettings().map(({ name, setting, preset }) => {
    const marked = setting.secret ? `\`${name}\` *secret*` : `\`${name}\``
    const fallback = setting.default === preset ? `\`${preset}\`` : preset
    return `| ${[marked, setting.help, fallback, `\`${setting.example}\``].map(escapeCell).join(' | ')} |`
  })
  const table = ['| setting | what it does | default | example |', '|---|---|---|---|', ...rows]
  return `${INTRODUCTION}\n${table.join('\n')}\n`
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|')
}
