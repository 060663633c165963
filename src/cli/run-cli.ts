import { inspect } from 'node:util'
import { Command, CommanderError } from 'commander'
import { isFailure } from '../model/failure.ts'
import { addBackupCommands } from './backup-commands.ts'
import type { CommandContext } from './cli-ports.ts'
import { addConfigCommands } from './config-commands.ts'
import { addDigestCommand } from './digest-command.ts'
import { addJobsCommands } from './jobs-commands.ts'
import { addOwnerLinkCommand } from './owner-link-command.ts'
import { addServeCommand } from './serve-command.ts'
import { addSourcesCommands } from './sources-commands.ts'
import { addSummariseCommand } from './summarise-command.ts'

/** 0 done · 1 failed · 2 not understood. */
export type ExitCode = 0 | 1 | 2

const INTRO =
  'Reads the podcasts, channels, newsletters and blogs you follow and makes one daily e-mail of ' +
  'them that you can trust, with a page behind every item.'

const EXAMPLES = `
Examples:
  murmurcast serve                                  start, and print where to open it
  murmurcast digest https://example.org/feed.xml --out today
                                                    one digest into a folder, no account needed
  murmurcast sources check https://example.org      what is at this address?
  murmurcast summarise talk.srt --markdown          one transcript in, one summary out

Settings come from the environment or a .env file: murmurcast config check`

/**
 * Runs one command line and returns how the process should end. Nothing is thrown: people read one
 * sentence about what went wrong, and where in the program it did only if `showsStack` asks for it.
 */
export async function runCli(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const program = createProgram(context)
  try {
    await program.parseAsync([...args], { from: 'user' })
    return 0
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    return reportFailure(error, context)
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

const UNFORESEEN =
  'Something went wrong inside murmurcast. Run it again with MURMURCAST_LOG_LEVEL=debug to see where.'

function reportFailure(error: unknown, { terminal, showsStack }: CommandContext): ExitCode {
  const message = isFailure(error) ? error.message : UNFORESEEN
  terminal.err(`${terminal.colours.red('✗')} ${message}`)
  // `inspect` follows the causes as well.
  if (showsStack?.()) terminal.err(inspect(error))
  return 1
}
