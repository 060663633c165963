import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, type Plugin } from 'esbuild'

const ROOT = join(import.meta.dirname, '../..')

/**
 * A script of the tests and all of the product that it imports, as one file that Node runs quickly;
 * gone when it is disposed of. Files beside the code are found where they are in the sources.
 */
export async function bundleScript(entry: string): Promise<{ path: string } & AsyncDisposable> {
  const dir = await mkdtemp(join(tmpdir(), 'mc-script-'))
  await symlink(join(ROOT, 'node_modules'), join(dir, 'node_modules'), 'junction')
  const path = join(dir, 'script.mjs')
  await build({
    entryPoints: [entry],
    outfile: path,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    packages: 'external',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
    logLevel: 'error',
    plugins: [keepPlaces],
  })
  return { path, [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true }) }
}

/** Each module goes on to know where it lies in the sources. */
const keepPlaces: Plugin = {
  name: 'keep-places',
  setup({ onLoad }) {
    onLoad({ filter: /\/(src|tests)\/.*\.tsx?$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8')
      const place = JSON.stringify(pathToFileURL(path).href)
      const contents = text.replaceAll('import.meta.url', place)
      return { contents, loader: path.endsWith('x') ? 'tsx' : 'ts' }
    })
  },
}
