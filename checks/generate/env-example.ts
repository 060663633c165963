import { listSettings } from '../list-settings.ts'
import type { Generator } from './generator.ts'

export const generator: Generator = { path: '.env.example', render: renderEnvExample }

function renderEnvExample(): string {
  const head = [
    '# Copy this file to .env, take out the # before a setting, and give it your value.',
    '# Nothing is needed to start. Made from src/config.ts by `npm run generate`.',
  ]
  const blocks = listSettings().map(({ name, setting, preset }) => {
    const file = setting.secret ? [`# Or name a file that holds it: ${name}_FILE`] : []
    const assignment = `#${name}=${quote(setting.example)}`
    return [`# ${setting.help}`, `# Default: ${preset}`, ...file, assignment].join('\n')
  })
  return `${[head.join('\n'), ...blocks].join('\n\n')}\n`
}

function quote(text: string): string {
  return /[\s#'"]/.test(text) ? `"${text}"` : text
}
