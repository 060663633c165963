// For development: builds and starts the product, and does so again whenever a source changes.
import { spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureBuilt } from './build.mjs'

const QUIET_MS = 150
const launcher = fileURLToPath(new URL('./launch.mjs', import.meta.url))
const root = dirname(dirname(launcher))
const args = process.argv.length > 2 ? process.argv.slice(2) : ['serve']

let child = null
let isWorking = false
let isStale = true
let timer = null

async function catchUp() {
  if (isWorking) return
  isWorking = true
  while (isStale) {
    isStale = false
    await restart()
  }
  isWorking = false
}

async function restart() {
  try {
    await ensureBuilt(root)
  } catch (error) {
    // What ran before goes on until the sources are whole again.
    console.error(error.message)
    return
  }
  await stop()
  const env = { MURMURCAST_ENV: 'development', ...process.env }
  child = spawn(process.execPath, [launcher, ...args], { stdio: 'inherit', env })
}

function stop() {
  if (child === null || child.exitCode !== null || child.signalCode !== null) return undefined
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  return ended
}

watch(join(root, 'src'), { recursive: true }, (_event, name) => {
  if (name !== null && /\.test\.tsx?$/.test(name)) return
  clearTimeout(timer)
  timer = setTimeout(() => {
    isStale = true
    void catchUp()
  }, QUIET_MS)
})
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => void stop().then(() => process.exit(0)))
}
await catchUp()
