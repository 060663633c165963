import { listImports } from './list-imports.ts'
import { isCode, type SourceFile, type Violation } from './source-file.ts'

/** No file of src imports itself by way of others, types included. Each circle is told once. */
export function checkCircles(files: readonly SourceFile[]): Violation[] {
  const graph = buildGraph(files.filter((file) => isCode(file) && file.path.startsWith('src/')))
  const finished = new Set<string>()
  const circles: string[][] = []
  const follow = (path: string, way: string[]) => {
    const seenAt = way.indexOf(path)
    if (seenAt >= 0) circles.push(way.slice(seenAt))
    if (seenAt >= 0 || finished.has(path)) return
    for (const next of graph.get(path) ?? []) follow(next, [...way, path])
    finished.add(path)
  }
  for (const path of graph.keys()) follow(path, [])
  return circles.map((circle) => ({
    file: circle[0] ?? '',
    line: 0,
    rule: 'circles',
    message: `${[...circle, circle[0]].join(' → ')} is a circle. Move what both need into a third file.`,
  }))
}

function buildGraph(files: readonly SourceFile[]): Map<string, string[]> {
  const known = new Set(files.map(({ path }) => path))
  return new Map(
    files.map((file) => {
      const paths = listImports(file)
        .filter(({ kind }) => kind === 'module')
        .map(({ path }) => path)
      return [file.path, paths.filter((path) => path !== null && known.has(path))] as [
        string,
        string[],
      ]
    }),
  )
}
