import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Generator } from './generate/generator.ts'
import type { Violation } from './source-file.ts'

/** All generators in checks/generate. */
export async function readGenerators(root: string): Promise<Generator[]> {
  const paths = globSync('checks/generate/*.ts', { cwd: root }).sort()
  const modules = await Promise.all(
    paths
      .filter((path) => !/(\.test|\/generator)\.ts$/.test(path.replaceAll('\\', '/')))
      .map(
        (path) => import(pathToFileURL(join(root, path)).href) as Promise<{ generator: Generator }>,
      ),
  )
  return modules.map(({ generator }) => generator)
}

/** Every generated file is what its generator makes of the sources as they are now. */
export async function checkGenerated(
  root: string,
  generators: readonly Generator[],
): Promise<Violation[]> {
  const stale = await Promise.all(
    generators.map(async ({ path, render }) => {
      const file = join(root, path)
      const text = existsSync(file) ? readFileSync(file, 'utf8') : null
      return text === (await render()) ? [] : [path]
    }),
  )
  return stale.flat().map((file) => ({
    file,
    line: 0,
    rule: 'generated',
    message: 'This is not what its sources make of it. Run npm run generate and commit the result.',
  }))
}
