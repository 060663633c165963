import { Command, CommanderError } from 'commander'
import { isFailure, messageOf } from '../model/failure.ts'
import { addBackupCommands } from './backup-commands.ts'
import type { CommandContext } from './cli-ports.ts'
import { addConfigCommands } from './config-commands.ts'
import { addDigestCommand } from './digest-command.ts'
import { addJobsCommands } from './jobs-commands.ts'
import { addOwnerLinkCommand } from './owner-link-command.ts'
import { addServeCommand } from './serve-command.ts'
import { addSourcesCommands } from './sources-commands.ts'
import { addSummariseCommand } from './summarise-command.ts'
import type { Terminal } from './terminal.ts'

/** 0 done · 1 failed · 2 not understood. */
export type ExitCode = 0 | 1 | 2

const INTRO = `Reads the podcasts, channels, newsletters and blogs you follow and makes one daily
e-mail of them that you can trust, with a page behind every item.`

const EXAMPLES = `
Examples:
  murmurcast serve                                  start, and print where to open it
  murmurcast digest https://example.org/feed.xml --out today
                                                    one digest into a folder, no account needed
  murmurcast sources check https://example.org      what is at this address?
  murmurcast summarise talk.srt --markdown          one transcript in, one summary out

Settings come from the environment or a .env file: murmurcast config check`

/** Runs one command line and returns how the process should end. Nothing is thrown. */
export async function runCli(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const program = createProgram(context)
  try {
    await program.parseAsync([...args], { from: 'user' })
    return 0
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    return reportFailure(error, context.terminal)
  }
}

function createProgram(context: CommandContext): Command {
  const { terminal } = context
  const program = new Command('murmurcast')
    .description(INTRO)
    .addHelpText('after', EXAMPLES)
    .helpCommand('help [command]', 'Explain a command')
    .showHelpAfterError('(murmurcast --help shows what there is)')
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
    })
  addServeCommand(program, context)
  addDigestCommand(program, context)
  addSummariseCommand(program, context)
  addSourcesCommands(program, context)
  addJobsCommands(program, context)
  addOwnerLinkCommand(program, context)
  addConfigCommands(program, context)
  addBackupCommands(program, context)
  inherit(program)
  return program
}

/** Commands of commands answer mistakes as the program does. */
function inherit(command: Command): void {
  for (const child of command.commands) {
    child.copyInheritedSettings(command)
    inherit(child)
  }
}

function reportFailure(error: unknown, terminal: Terminal): ExitCode {
  terminal.err(`${terminal.colours.red('✗')} ${messageOf(error)}`)
  if (isFailure(error) && error.blame !== 'us') return 1
  // Nobody foresaw this one: whoever mends it needs to know where it happened.
  terminal.err(error instanceof Error ? (error.stack ?? error.message) : String(error))
  return 1
}
