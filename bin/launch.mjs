#!/usr/bin/env node
// Starts the product: on Node 24 (runs itself again on the one that `npm ci` brought along when
// started by an older one), from a build that is as new as the sources. Only what Node 18 knows.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { dirname } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { describeMissingNode, findProjectNode, isNodeNewEnough } from './project-node.mjs'

const launcher = fileURLToPath(import.meta.url)
const root = dirname(dirname(launcher))

// Looking up names takes a thread each; with Node's own four, slow names would hold up good feeds.
process.env.UV_THREADPOOL_SIZE ??= '64'

if (isNodeNewEnough()) await run()
else runOnProjectNode()

async function run() {
  const { BuildProblem, ensureBuilt, keepInUse } = await import('./build.mjs')
  try {
    const dir = await ensureBuilt(root)
    keepInUse(dir)
    const { enableCompileCache, setSourceMapsSupport } = await import('node:module')
    // Saves a quarter of the work of a start; where it cannot be written Node goes without.
    enableCompileCache(`${dir}/.compiled`)
    // Traces then name the sources. Packages are left out: reading their maps would slow the start.
    setSourceMapsSupport(true, { nodeModules: false, generatedCode: false })
    await import(pathToFileURL(`${dir}/main.js`).href)
  } catch (error) {
    if (error instanceof BuildProblem) refuse(error.message)
    const missing = /^Cannot find package '([^']+)'/.exec(error?.message ?? '')
    if (error?.code !== 'ERR_MODULE_NOT_FOUND' || missing === null) throw error
    refuse(
      `murmurcast misses its package ${missing[1]}: run \`npm ci\` in ${root} and start again.`,
    )
  }
}

function runOnProjectNode() {
  const node = findProjectNode(root)
  if (node === null) refuse(describeMissingNode(root))
  const child = spawn(node, [launcher, ...process.argv.slice(2)], { stdio: 'inherit' })
  child.on('error', (error) => {
    refuse(`murmurcast cannot run ${node} (${error.code}): install Node 24 and start again.`)
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGUSR2']) forward(signal, child)
  child.on('exit', (code, signal) => {
    process.exit(code ?? 128 + (constants.signals[signal] ?? 0))
  })
}

function forward(signal, child) {
  if (process.platform === 'win32' && signal === 'SIGUSR2') return
  process.on(signal, () => {
    // Ctrl+C reaches the child by the terminal already, and a second one may mean "at once".
    if (signal === 'SIGINT' && process.stdin.isTTY) return
    child.kill(signal)
  })
}

function refuse(sentence) {
  console.error(sentence)
  process.exit(1)
}
