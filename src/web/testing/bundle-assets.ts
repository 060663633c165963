import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'

/** The browser's files, built into a folder of their own that goes away with the object. */
export async function bundleAssets(): Promise<{ dir: string } & AsyncDisposable> {
  const dir = await mkdtemp(join(tmpdir(), 'murmurcast-assets-'))
  const web = join(import.meta.dirname, '..')
  await build({
    entryPoints: [join(web, 'browser/main.ts'), join(web, 'styles/main.css')],
    outdir: dir,
    entryNames: '[name]',
    bundle: true,
    format: 'esm',
    minify: true,
    logLevel: 'error',
  })
  return { dir, [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true }) }
}
