import type { Builders, House, Outside } from './cli-ports.ts'
import { runCli } from './run-cli.ts'
import { openTerminal, type Terminal } from './terminal.ts'

/** What a command has written, and how much of what it opened is still open. */
type FakeRun = { out: string[]; err: string[]; open: number; opened: number }

/** Commands fail that ask for what is not given. */
export type FakeParts = { house?: Partial<House>; outside?: Partial<Outside> } & Partial<Builders>

const notGiven = (): never => {
  throw new Error('the test gives no such part')
}

/** Builders for tests: each house and outside is counted, and counted off when it is closed. */
function createFakeBuilders(run: FakeRun, parts: FakeParts): Builders {
  const open = async <Part>(part: Part): Promise<Part & AsyncDisposable> => {
    run.open += 1
    run.opened += 1
    return {
      ...part,
      async [Symbol.asyncDispose]() {
        run.open -= 1
      },
    }
  }
  return {
    describeSettings: notGiven,
    serve: notGiven,
    restore: notGiven,
    openHouse: () => open(parts.house as House),
    openOutside: () => open(parts.outside as Outside),
    ...parts,
  }
}

/** A terminal that keeps what is written to it; `watched` is one before which a person sits. */
function createFakeTerminal(run: FakeRun, watched: boolean): Terminal {
  const write = (to: string[]) => (text: string) => to.push(text)
  return openTerminal(
    { write: write(run.out), isTTY: false },
    { write: write(run.err), isTTY: watched, columns: 40 },
  )
}

/** How a command line ended. `open` counts what it left open. */
export type FakeEnd = { code: number; out: string; err: string; open: number; opened: number }

/** Runs one command line over fakes. */
export async function runFakeCli(
  args: readonly string[],
  parts: FakeParts = {},
  { watched = false, showsStack = false } = {},
): Promise<FakeEnd> {
  const run: FakeRun = { out: [], err: [], open: 0, opened: 0 }
  const code = await runCli(args, {
    builders: createFakeBuilders(run, parts),
    terminal: createFakeTerminal(run, watched),
    showsStack: () => showsStack,
  })
  return { ...run, code, out: run.out.join(''), err: run.err.join('') }
}
