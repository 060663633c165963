import { readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseEnv } from 'node:util'
import envPaths from 'env-paths'
import { Failure } from './model/failure.ts'
import {
  type HostPort,
  type MailAddress,
  parseDatabaseUrl,
  parseHost,
  parseHostPort,
  parseLanguage,
  parseMailAddress,
  parseOrigin,
  parsePort,
  parseProxyUrl,
  parseSmtpUrl,
  parseTimeOfDay,
  parseTimeZone,
  type SmtpServer,
} from './text/settings/parse-values.ts'
import {
  dropEmpty,
  type Env,
  listUnknownNames,
  readSettings,
  type SettingSources,
  type SettingValues,
  type ShownSetting,
} from './text/settings/read-settings.ts'
import { oneOf, type Setting, written, writtenList, writtenName } from './text/settings/setting.ts'

type ReadText = SettingSources['readText']

export const ROLES = ['web', 'worker', 'mail'] as const
const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const
const ENVIRONMENTS = ['production', 'development'] as const

/** `web` serves pages, `worker` runs the line, `mail` takes mail in. */
export type Role = (typeof ROLES)[number]

/** Every setting there is. `.env.example` and docs/settings.md are made from this table. */
export const settings = {
  MURMURCAST_DATA: {
    type: written('a folder with its path written out', (raw) =>
      raw.startsWith('~') ? undefined : resolve(raw),
    ),
    default: defaultDataDir,
    defaultSays: 'the folder your system keeps for it; /var/lib/murmurcast for root on Linux',
    help: 'Folder that holds everything: the database, secrets, pictures.',
    example: '/srv/murmurcast',
  },
  MURMURCAST_HOST: {
    type: written('an IP address or a host name', parseHost),
    default: '127.0.0.1',
    help: 'Address to listen on. 127.0.0.1 lets in this machine alone, 0.0.0.0 everyone who can reach it.',
    example: '0.0.0.0',
  },
  MURMURCAST_PORT: {
    type: written('a port number from 0 to 65535', (raw) => parsePort(raw, 0)),
    default: '4310',
    help: 'Port to listen on; 0 takes any free one.',
    example: '4310',
  },
  MURMURCAST_URL: {
    type: written('a web address without a path', parseOrigin),
    defaultSays: 'made from the host and the port',
    help: 'Where people reach it; all links in pages and e-mails start with it.',
    example: 'https://murmur.example.org',
  },
  DATABASE_URL: {
    type: written(
      'the address of a Postgres database, special characters of the password written like %40',
      parseDatabaseUrl,
    ),
    defaultSays: 'its own Postgres, in the data folder',
    help: 'Postgres server to use instead of the built-in one.',
    example: 'postgres://murmurcast:password@db.example.org:5432/murmurcast',
    secret: true,
  },
  MURMURCAST_FETCH_ALLOW: {
    type: writtenList('a list of host:port pairs', parseHostPort),
    default: '',
    help: 'Private hosts that feeds may be read from, as exact host:port pairs. All others are refused.',
    example: 'feeds.lan:8080,192.168.1.20:80',
  },
  MURMURCAST_PROXY: {
    type: written('the address of an HTTP proxy', parseProxyUrl),
    help: 'HTTP proxy for everything that is read from outside. It is asked for addresses that were checked before.',
    example: 'http://proxy.example.org:3128',
    secret: true,
  },
  SMTP_URL: {
    type: written(
      'the address of a mail server, special characters of the password written like %40',
      parseSmtpUrl,
    ),
    defaultSays: 'no e-mail is sent',
    help: 'Mail server that sends the digests; smtps:// encrypts from the first byte.',
    example: 'smtp://user:password@mail.example.org:587',
    secret: true,
  },
  MAIL_FROM: {
    type: written('an e-mail address, with or without a name', parseMailAddress),
    help: 'Sender of the e-mails. Needed with SMTP_URL.',
    example: 'Murmurcast <digest@example.org>',
  },
  MURMURCAST_LOG_LEVEL: {
    type: writtenName(LOG_LEVELS),
    default: 'info',
    help: `How much is logged: ${LOG_LEVELS.join(', ')}.`,
    example: 'debug',
  },
  MURMURCAST_LANGUAGE: {
    type: written('a language tag', parseLanguage),
    default: 'en',
    help: 'Language of summaries for readers who have not chosen one.',
    example: 'de',
  },
  MURMURCAST_TIME_ZONE: {
    type: written('a time zone of the IANA list', parseTimeZone),
    default: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    defaultSays: "the machine's",
    help: 'Time zone of readers who have not chosen one.',
    example: 'Europe/Berlin',
  },
  DIGEST_AT: {
    type: written('a time of day on the 24-hour clock', parseTimeOfDay),
    default: '07:00',
    help: "When the daily e-mail leaves, on the reader's own clock, for readers who have not chosen.",
    example: '07:00',
  },
  MURMURCAST_ROLES: {
    type: writtenList(`a list of ${ROLES.join(', ')}`, oneOf(ROLES)),
    default: ROLES.join(','),
    help: 'What this process does: web serves pages, worker reads and summarises, mail takes mail in.',
    example: 'web,worker',
  },
  MURMURCAST_ENV: {
    type: writtenName(ENVIRONMENTS),
    default: 'production',
    help: 'development shows the text of errors and the page of all parts.',
    example: 'development',
  },
} satisfies Record<string, Setting>

/** All settings, read and checked. An optional feature is an object or null. */
export type Config = {
  environment: (typeof ENVIRONMENTS)[number]
  /** Absolute path; need not exist yet. */
  dataDir: string
  roles: readonly Role[]
  logLevel: (typeof LOG_LEVELS)[number]
  /** `baseUrl` ends without a slash; unless it was given it is `baseUrlAt(host, port)`. */
  web: { host: string; port: number; baseUrl: string; isBaseUrlGiven: boolean }
  /** A Postgres server, or null for the built-in Postgres in `dataDir`. */
  database: { url: string } | null
  outbound: { allow: readonly HostPort[]; proxyUrl: string | null }
  mailOut: { smtp: SmtpServer; from: MailAddress } | null
  /** For readers who have not chosen; `digestAt` is `HH:MM`. */
  readerDefaults: { language: string; timeZone: string; digestAt: string }
  /** Every setting fit to be shown (secrets are hidden), with where it came from. */
  shown: readonly ShownSetting[]
  /** What the owner should know although it is no mistake. */
  remarks: readonly string[]
}

/**
 * Reads every setting from `env`, from a `.env` in the working folder (the environment wins) and
 * from the files that `X_FILE` names. An empty value counts as not given. Throws one Failure
 * `config-invalid` that lists every mistake, each with an example of a right value.
 */
export function readConfig(env: Env = process.env, readText: ReadText = readTextFile): Config {
  const dotEnv = readDotEnv(readText)
  const { values, shown, mistakes } = readSettings(settings, { env, readText, dotEnv: dotEnv.env })
  const given = { ...dropEmpty(dotEnv.env), ...dropEmpty(env) }
  mistakes.push(
    ...dotEnv.mistakes,
    ...listUnknownNames(settings, 'MURMURCAST_', Object.keys(given)),
  )
  const isMailSet = (given.SMTP_URL ?? given.SMTP_URL_FILE) !== undefined
  if (isMailSet && given.MAIL_FROM === undefined) {
    const { example } = settings.MAIL_FROM
    mistakes.push(`MAIL_FROM is needed when SMTP_URL is set. For example: MAIL_FROM=${example}`)
  }
  if (mistakes.length > 0) {
    const lines = mistakes.map((mistake) => `\n  - ${mistake}`).join('')
    const message = `These settings are wrong. Mend them and start again:${lines}`
    throw new Failure('config-invalid', 'caller', message)
  }
  return group(values, { shown, remarks: listRemarks(given, isMailSet) })
}

/** The settings in lines for a terminal, secrets hidden, with where each came from. */
export function describeConfig({ shown, remarks }: Config): string {
  const width = Math.max(...shown.map(({ name }) => name.length))
  const lines = shown.map(({ name, value, from }) => `${name.padEnd(width)}  ${value}  (${from})`)
  return [...lines, ...remarks.map((remark) => `\nNote: ${remark}`)].join('\n')
}

/** Where people on this machine reach a server that listens there. */
export function baseUrlAt(host: string, port: number): string {
  const isThisMachine = ['127.0.0.1', '::1', '0.0.0.0', '::'].includes(host)
  const name = isThisMachine ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `http://${name}:${port}`
}

function group(
  values: SettingValues<typeof settings>,
  about: Pick<Config, 'shown' | 'remarks'>,
): Config {
  const { MURMURCAST_HOST: host, MURMURCAST_PORT: port, MURMURCAST_URL: url } = values
  const { SMTP_URL: smtp, MAIL_FROM: from } = values
  return {
    environment: values.MURMURCAST_ENV,
    dataDir: values.MURMURCAST_DATA,
    roles: [...new Set(values.MURMURCAST_ROLES)],
    logLevel: values.MURMURCAST_LOG_LEVEL,
    web: { host, port, baseUrl: url ?? baseUrlAt(host, port), isBaseUrlGiven: url !== null },
    database: values.DATABASE_URL === null ? null : { url: values.DATABASE_URL },
    outbound: { allow: values.MURMURCAST_FETCH_ALLOW, proxyUrl: values.MURMURCAST_PROXY },
    mailOut: smtp === null || from === null ? null : { smtp, from },
    readerDefaults: {
      language: values.MURMURCAST_LANGUAGE,
      timeZone: values.MURMURCAST_TIME_ZONE,
      digestAt: values.DIGEST_AT,
    },
    ...about,
  }
}

function listRemarks(given: Env, isMailSet: boolean): string[] {
  const remarks: string[] = []
  const proxies = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY']
  const ignored = proxies.filter((name) => given[name] ?? given[name.toLowerCase()])
  if (ignored.length > 0 && !(given.MURMURCAST_PROXY ?? given.MURMURCAST_PROXY_FILE)) {
    const have = ignored.length === 1 ? 'has' : 'have'
    remarks.push(
      `${ignored.join(' and ')} ${have} no effect. To go out through a proxy set MURMURCAST_PROXY.`,
    )
  }
  if (given.MAIL_FROM !== undefined && !isMailSet) {
    remarks.push('MAIL_FROM has no effect: without SMTP_URL no e-mail is sent.')
  }
  const isOpen = ['0.0.0.0', '::'].includes(given.MURMURCAST_HOST ?? '')
  if (isOpen && given.MURMURCAST_URL === undefined) {
    remarks.push('Links start with http://localhost. Set MURMURCAST_URL to the address people use.')
  }
  return remarks
}

function readDotEnv(readText: ReadText): { env: Env; mistakes: string[] } {
  try {
    return { env: parseEnv(readText('.env') ?? ''), mistakes: [] }
  } catch {
    const path = resolve('.env')
    const mistake = `${path} cannot be read. Let the user that runs murmurcast read it.`
    return { env: {}, mistakes: [mistake] }
  }
}

function readTextFile(path: string): string | undefined {
  return statSync(path, { throwIfNoEntry: false })?.isFile()
    ? readFileSync(path, 'utf8')
    : undefined
}

function defaultDataDir(): string {
  const isLinuxRoot = process.platform === 'linux' && process.getuid?.() === 0
  return isLinuxRoot ? '/var/lib/murmurcast' : envPaths('murmurcast', { suffix: '' }).data
}
