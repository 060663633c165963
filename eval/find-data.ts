import { closeSync, existsSync, openSync, readdirSync, readSync, statSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'

/** Files of each layout that were found under a folder. */
export type EvalData = {
  readonly root: string
  /** QMSum `.jsonl`: a meeting per line, with `meeting_transcripts`. */
  readonly qmsum: readonly string[]
  /** Text files whose topics begin with `========,level,title`. */
  readonly segments: readonly string[]
  /** Pairs of a transcript and its `_anno.json`; the first is the transcript. */
  readonly treeseg: readonly (readonly [string, string])[]
  /** Tables of `before` and `after`. */
  readonly names: readonly string[]
  /** Folders with `utterances.jsonl` and `reference.txt`. */
  readonly meetings: readonly string[]
  /** Tables of `sentence,label`. */
  readonly ads: readonly string[]
}

const HEAD_BYTES = 4096
const MAX_DEPTH = 6

/** Looks at what files hold, not at what they are called. */
export function findData(root: string): EvalData {
  const files = existsSync(root) ? listFiles(root, 0) : []
  const heads = new Map(files.map((path) => [path, headOf(path)]))
  const having = (extension: string, test: RegExp) =>
    files.filter((path) => extname(path) === extension && test.test(heads.get(path) ?? ''))
  return {
    root,
    qmsum: files.filter((path) => extname(path) === '.jsonl' && isQmsum(path, heads)),
    segments: having('.txt', /^\s*={8},/),
    treeseg: files.flatMap((path) => {
      const annotations = path.replace(/\.json$/, '_anno.json')
      return path.endsWith('.json') && annotations !== path && heads.has(annotations)
        ? [[path, annotations] as const]
        : []
    }),
    names: having('.tsv', /^before\tafter/),
    meetings: files
      .filter((path) => basename(path) === 'utterances.jsonl')
      .map((path) => dirname(path))
      .filter((folder) => readdirSync(folder).some((name) => name.startsWith('reference'))),
    ads: having('.csv', /^\uFEFF?"?[^\n]*sentence"?,[^\n]*label/i),
  }
}

function isQmsum(path: string, heads: ReadonlyMap<string, string>): boolean {
  return /"(?:topic_list|general_query_list|meeting_transcripts)"/.test(heads.get(path) ?? '')
}

function listFiles(folder: string, depth: number): string[] {
  if (depth > MAX_DEPTH) return []
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .sort()
    .flatMap((name) => {
      const path = join(folder, name)
      const stat = statSync(path)
      if (stat.isDirectory()) return listFiles(path, depth + 1)
      return stat.isFile() ? [path] : []
    })
}

function headOf(path: string): string {
  const bytes = Buffer.alloc(HEAD_BYTES)
  const file = openSync(path, 'r')
  try {
    return bytes.toString('utf8', 0, readSync(file, bytes, 0, HEAD_BYTES, 0))
  } finally {
    closeSync(file)
  }
}
