// Writes every generated file anew: `npm run generate`.
import '../bin/require-node.mjs'
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const { readGenerators } = await import('./read-generators.ts')
for (const { path, render } of await readGenerators(root)) {
  writeFileSync(join(root, path), await render())
  console.log(path)
}
