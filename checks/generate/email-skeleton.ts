import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import mjml2html from 'mjml'
import type { Generator } from './generator.ts'

const EMAIL_DIR = fileURLToPath(new URL('../../src/digests/email/', import.meta.url))
const SOURCE = `${EMAIL_DIR}digest.mjml`
const TARGET = `${EMAIL_DIR}skeleton.generated.ts`

export const generator: Generator = {
  path: 'src/digests/email/skeleton.generated.ts',
  render: generateEmailSkeleton,
}

/**
 * Compiles `digest.mjml` and its partials and cuts the HTML into parts: what stands between
 * `<!--part:name-->` and `<!--/part:name-->` becomes the part `name`, the rest is `frame`.
 * `{{name}}` and `<!--slot:name-->` are slots. Returns the text of `skeleton.generated.ts`.
 */
export async function generateEmailSkeleton(): Promise<string> {
  const { html, errors } = await mjml2html(await readFile(SOURCE, 'utf8'), {
    filePath: SOURCE,
    ignoreIncludes: false,
    keepComments: true,
    validationLevel: 'strict',
    fonts: {},
  })
  if (errors.length > 0) throw new Error(errors.map((e) => e.formattedMessage).join('\n'))
  const parts = new Map<string, string>()
  const frame = cutParts(html, parts)
  parts.set('frame', frame)
  return renderModule(parts)
}

function cutParts(html: string, parts: Map<string, string>): string {
  return html.replace(
    /<!--part:(\w+)-->([\s\S]*?)<!--\/part:\1-->/g,
    (_whole, name: string, body: string) => {
      if (parts.has(name)) throw new Error(`digest.mjml names the part "${name}" twice`)
      parts.set(name, body)
      return ''
    },
  )
}

/** White space that holds a line break is layout of the source and shows nowhere. */
function minify(html: string): string {
  return html
    .replace(/<style[^>]*>[\s\S]*?<\/style>/g, (css) =>
      css
        .replace(/\s+/g, ' ')
        .replace(/ ?([{};:,>]) ?/g, '$1')
        .replace(/:root/g, ' :root'),
    )
    .replace(/>\s*\n\s*/g, '>')
    .replace(/\s*\n\s*</g, '<')
    .replace(/\s*\n\s*/g, ' ')
    .replace(/;"/g, '"')
    .replace(/ {2,}/g, ' ')
    .replace(/ >/g, '>')
    .trim()
}

function renderModule(parts: Map<string, string>): string {
  const lines = [
    '// Made from digest.mjml by `npm run generate`. Change the .mjml files, not this one.',
    "import type { Part } from './fill-part.ts'",
    '',
  ]
  for (const [name, html] of [...parts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const pieces = minify(html).split(/\{\{(\w+)\}\}|<!--slot:(\w+)-->/)
    const text = pieces.filter((_, i) => i % 3 === 0)
    const slots = pieces.filter((piece, i) => i % 3 !== 0 && piece !== undefined)
    const union = [...new Set(slots)].map((slot) => `'${slot}'`).join(' | ') || 'never'
    lines.push(
      `export const ${name}Part: Part<${union}> = {`,
      `  text: ${JSON.stringify(text, null, 2).replace(/\n/g, '\n  ')},`,
      `  slots: ${JSON.stringify(slots)},`,
      '}',
      '',
    )
  }
  return lines.join('\n')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await writeFile(TARGET, await generateEmailSkeleton())
}
