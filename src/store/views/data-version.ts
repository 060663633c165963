import { createHash } from 'node:crypto'

/** A short name for a page's data: equal data, equal name. For small pages; big ones count. */
export function dataVersion(data: unknown): string {
  return createHash('sha256').update(JSON.stringify(data)).digest('base64url').slice(0, 16)
}
