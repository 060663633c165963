import type { Migration } from 'kysely/migration'
import * as nouns from './20261123T2100-nouns.ts'
import * as sourceAddresses from './20261123T2230-source-addresses.ts'
import * as pollHints from './20261123T2250-poll-hints.ts'

/** Every migration by its name, which is its timestamp: they run in this order, each once. */
export const MIGRATIONS: Record<string, Migration> = {
  '20261123T2100-nouns': nouns,
  '20261123T2230-source-addresses': sourceAddresses,
  '20261123T2250-poll-hints': pollHints,
}
