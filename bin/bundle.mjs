// What is built from what; build.mjs says when and into which folder.
import { cpSync, existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { build } from 'esbuild'

const FILE_URL = /new URL\(\s*(['"])(\.{1,2}\/[^'"]*)\1,\s*import\.meta\.url,?\s*\)/g

/** Builds the sources of `root` into the folder `out`; returns the problems, one line each. */
export async function bundle(root, out) {
  const copies = new Map()
  try {
    await Promise.all([bundleServer({ root, out, copies }), bundleBrowser(root, out)])
  } catch (error) {
    if (!Array.isArray(error.errors)) throw error
    return error.errors.map(describeError)
  }
  for (const [from, to] of copies) cpSync(from, join(out, to), { recursive: true })
  return []
}

function describeError({ text, location, pluginName }) {
  // A plugin's error carries the place of the import, which is not where the mistake is.
  const isPlaced = location !== null && pluginName === ''
  const where = isPlaced ? `${location.file}:${location.line}:${location.column + 1}  ` : ''
  return `  ${where}${text}`
}

function bundleServer({ root, out, copies }) {
  const workers = globSync('src/**/*.worker.ts', { cwd: root })
  return build({
    absWorkingDir: root,
    entryPoints: ['src/main.ts', ...workers].map((path) => ({
      in: path,
      out: basename(path, '.ts'),
    })),
    outdir: out,
    bundle: true,
    splitting: true,
    chunkNames: 'chunk-[hash]',
    format: 'esm',
    platform: 'node',
    target: 'node24',
    packages: 'external',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
    sourcemap: 'linked',
    sourcesContent: false,
    keepNames: true,
    logLevel: 'silent',
    plugins: [keepFileUrls(root, copies)],
  })
}

function bundleBrowser(root, out) {
  const entries = ['src/web/browser/main.ts', 'src/web/styles/main.css']
  const statics = join(root, 'src/web/static')
  if (existsSync(statics)) cpSync(statics, join(out, 'browser'), { recursive: true })
  return build({
    absWorkingDir: root,
    entryPoints: entries
      .filter((path) => existsSync(join(root, path)))
      .map((path) => ({ in: path, out: 'main' })),
    outdir: join(out, 'browser'),
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: ['es2022', 'chrome111', 'firefox115', 'safari16.4'],
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
    loader: { '.svg': 'file', '.woff2': 'file', '.png': 'file' },
    assetNames: '[name]-[hash]',
    minify: true,
    logLevel: 'silent',
  })
}

/** Rewrites the URLs of files beside the code to where the build puts those files. */
function keepFileUrls(root, copies) {
  const src = join(root, 'src')
  return {
    name: 'keep-file-urls',
    setup({ onLoad }) {
      onLoad({ filter: /\.tsx?$/ }, ({ path }) => {
        if (!path.startsWith(src + sep)) return undefined
        const errors = []
        const contents = readFileSync(path, 'utf8').replace(FILE_URL, (_whole, _quote, name) => {
          const place = placeFile({ root, src, from: path, name, copies })
          if (place === null)
            errors.push({ text: `${relative(root, path)}  ${name} is no file here` })
          return `new URL(${JSON.stringify(place)}, import.meta.url)`
        })
        return { contents, errors, loader: path.endsWith('x') ? 'tsx' : 'ts' }
      })
    },
  }
}

/** Where, seen from the build's folder, the file is that `from` calls `name`; null when nowhere. */
function placeFile({ root, src, from, name, copies }) {
  const target = resolve(dirname(from), name)
  const slash = name.endsWith('/') ? '/' : ''
  if (target === join(src, 'browser')) return './browser/'
  if (!existsSync(target)) return null
  if (target.endsWith('.worker.ts')) return `./${basename(target, '.ts')}.js`
  if (/\.tsx?$/.test(target) && statSync(target).isFile()) return null
  if (!target.startsWith(src + sep)) return toUrl(`../../${relative(root, target)}${slash}`)
  const place = join('assets', relative(src, target))
  copies.set(target, place)
  return toUrl(`./${place}${slash}`)
}

function toUrl(path) {
  return path.split(sep).join('/')
}
