// Ends with a sentence that says what to do unless the Node that runs this can run the product.
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describeMissingNode, isNodeNewEnough } from './project-node.mjs'

if (!isNodeNewEnough()) {
  console.error(describeMissingNode(dirname(dirname(fileURLToPath(import.meta.url)))))
  process.exit(1)
}
