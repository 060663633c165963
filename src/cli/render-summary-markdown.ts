import type { Evidence, Summary } from '../model/summary.ts'

/** A summary as Markdown that reads well as plain text too. */
export function renderSummaryMarkdown(summary: Summary): string {
  const evidence = new Map(summary.evidence.map((piece) => [piece.id, piece]))
  const blocks = [
    `# ${summary.title}`,
    [summary.show, summary.badges.join(', '), summary.publishedAt?.slice(0, 10)]
      .filter((part) => part !== undefined && part !== '')
      .join(' · '),
    summary.description,
    ...section(
      '## Summary',
      summary.paragraphs.map(({ sentences }) => sentences.map(({ text }) => text).join(' ')),
    ),
    ...section('## Key moments, in their words', [renderInsights(summary, evidence)]),
    ...section('## Chapters', [renderChapters(summary)]),
    ...section('## Topics', [summary.topics.join(' · ')]),
  ]
  return blocks.filter((block) => block !== '').join('\n\n')
}

function section(heading: string, blocks: readonly string[]): string[] {
  const filled = blocks.filter((block) => block !== '')
  return filled.length === 0 ? [] : [heading, ...filled]
}

function renderInsights(summary: Summary, evidence: ReadonlyMap<string, Evidence>): string {
  return summary.insights
    .map(({ label, text, speaker, evidenceIds }) => {
      const piece = evidence.get(evidenceIds[0] ?? '')
      const from = [speaker, piece && placeOf(piece)].filter((part) => part).join(', ')
      return `- **${label}** — “${text}”${from === '' ? '' : ` (${from})`}`
    })
    .join('\n')
}

function renderChapters({ chapters, transcriptOrigin }: Summary): string {
  const unit = transcriptOrigin === 'text' ? 'paragraph' : 'time'
  return chapters.map(({ title, start }) => `- ${placeOf({ unit, start })} ${title}`).join('\n')
}

function placeOf({ unit, start }: Pick<Evidence, 'unit' | 'start'>): string {
  if (unit === 'paragraph') return `¶ ${start + 1}`
  const [hours, minutes, seconds] = [start / 3600, (start / 60) % 60, start % 60].map(Math.floor)
  const clock = [minutes, seconds].map((part) => String(part).padStart(2, '0')).join(':')
  return hours ? `${hours}:${clock}` : clock
}
