import type { Reporter, TestModule } from 'vitest/node'

/** Ends the run with the line `tests: N passed, N failed, N skipped`, which .ci/run adds up. */
export const countReporter: Reporter = {
  onTestRunEnd(modules, unhandledErrors) {
    const counts = modules.map(countModule)
    const sum = (name: keyof Counts) => counts.reduce((total, count) => total + count[name], 0)
    const failed = sum('failed') + unhandledErrors.length
    console.log(`tests: ${sum('passed')} passed, ${failed} failed, ${sum('skipped')} skipped`)
  },
}

type Counts = { passed: number; failed: number; skipped: number }

/** A file that fails as a whole (it cannot be read, a hook throws) counts as one failed test. */
function countModule(module: TestModule): Counts {
  const states = [...module.children.allTests()].map((test) => test.result().state)
  const count = (state: string) => states.filter((one) => one === state).length
  const failed = count('failed')
  return {
    passed: count('passed'),
    failed: failed === 0 && module.state() === 'failed' ? 1 : failed,
    skipped: count('skipped') + count('pending'),
  }
}
