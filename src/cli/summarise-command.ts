import { text as readAll } from 'node:stream/consumers'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { CommandContext } from './cli-ports.ts'
import { renderSummaryMarkdown } from './render-summary-markdown.ts'
import { toEpisodePage } from './to-episode-page.ts'

const HELP = `
Reads SRT, WebVTT, Podcasting 2.0 JSON, HTML and plain text from a file, a web
address, or standard input (-).

Examples:
  murmurcast summarise talk.srt --title "The wall in the water" --markdown
  murmurcast summarise https://example.org/talk.vtt --notes notes.html --json
  cat talk.txt | murmurcast summarise - --person "Ines Moor" --html > talk.html`

type Options = {
  title?: string
  show?: string
  notes?: string
  person?: string[]
  published?: Date
  json?: boolean
  html?: boolean
}

function parseDate(text: string): Date {
  const date = new Date(text)
  if (!Number.isNaN(date.getTime())) return date
  throw new InvalidArgumentError('Give a date such as 2026-11-23.')
}

const collect = (name: string, names: string[] = []): string[] => [...names, name]

/** `murmurcast summarise`: one transcript in, one summary out. */
export function addSummariseCommand(
  program: Command,
  { builders, terminal }: CommandContext,
): void {
  program
    .command('summarise <file|url|->')
    .description('Summarise one transcript')
    .option('--title <title>', 'title of the episode')
    .option('--show <name>', 'name of the show')
    .option('--notes <file>', 'show notes, HTML or plain text')
    .option('--person <name>', 'somebody who speaks in it; may be given again', collect)
    .option('--published <date>', 'date of publication', parseDate)
    .addOption(new Option('--json', 'the whole summary as JSON').conflicts(['markdown', 'html']))
    .addOption(new Option('--markdown', 'Markdown (the default)').conflicts('html'))
    .option('--html', 'a page that stands by itself')
    .addHelpText('after', HELP)
    .action(async (input: string, options: Options) => {
      await using outside = await builders.openOutside()
      const from = input === '-' ? { text: await readAll(process.stdin) } : { address: input }
      terminal.progress('Summarising …')
      const read = await outside.summariseText({
        from,
        title: options.title ?? null,
        show: options.show ?? null,
        notesFile: options.notes ?? null,
        persons: options.person ?? [],
        published: options.published ?? null,
      })
      if (options.json) return terminal.out(JSON.stringify(read.summary, null, 2))
      if (options.html)
        return terminal.out(await outside.renderEpisodeFile(toEpisodePage(read, [])))
      terminal.out(renderSummaryMarkdown(read.summary))
    })
}
