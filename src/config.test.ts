import { describe, expect, it } from 'vitest'
import { baseUrlAt, type Config, describeConfig, readConfig, settings } from './config.ts'
import { isFailure } from './model/failure.ts'

const noFiles = () => undefined
const read = (env: Record<string, string>, files: Record<string, string> = {}): Config =>
  readConfig(env, (path) => files[path])

function mistakesOf(
  env: Record<string, string>,
  readText: (path: string) => undefined = noFiles,
): string[] {
  try {
    readConfig(env, readText)
  } catch (error) {
    if (!isFailure(error, 'config-invalid')) throw error
    return error.message.split('\n  - ').slice(1)
  }
  return []
}

describe('readConfig', () => {
  it('needs nothing', () => {
    expect(read({ MURMURCAST_DATA: '/data', MURMURCAST_TIME_ZONE: 'UTC' })).toMatchObject({
      environment: 'production',
      dataDir: '/data',
      roles: ['web', 'worker', 'mail'],
      logLevel: 'info',
      web: {
        host: '127.0.0.1',
        port: 4310,
        baseUrl: 'http://localhost:4310',
        isBaseUrlGiven: false,
      },
      database: null,
      outbound: { allow: [], proxyUrl: null },
      mailOut: null,
      readerDefaults: { language: 'en', timeZone: 'UTC', digestAt: '07:00' },
      remarks: [],
    })
  })

  it('has a data folder and a time zone without being told', () => {
    const { dataDir, readerDefaults } = read({})
    expect(dataDir).toMatch(/murmurcast/)
    expect(() => Intl.DateTimeFormat('en', { timeZone: readerDefaults.timeZone })).not.toThrow()
  })

  it('reads every setting', () => {
    const config = read({
      MURMURCAST_DATA: '/srv/m',
      MURMURCAST_HOST: '::',
      MURMURCAST_PORT: '0',
      MURMURCAST_URL: 'https://murmur.example/',
      DATABASE_URL: 'postgres://m:p@db.example/m',
      MURMURCAST_FETCH_ALLOW: 'Feeds.lan:8080, [fd00::1]:80',
      MURMURCAST_PROXY: 'http://proxy.example:3128',
      SMTP_URL: 'smtps://me:p%40ss@mail.example',
      MAIL_FROM: 'Murmurcast <digest@example.org>',
      MURMURCAST_LOG_LEVEL: 'DEBUG',
      MURMURCAST_LANGUAGE: 'pt-br',
      MURMURCAST_TIME_ZONE: 'europe/berlin',
      DIGEST_AT: '6:30',
      MURMURCAST_ROLES: 'web,worker,web',
      MURMURCAST_ENV: 'development',
    })
    expect(config).toMatchObject({
      environment: 'development',
      dataDir: '/srv/m',
      roles: ['web', 'worker'],
      logLevel: 'debug',
      web: { host: '::', port: 0, baseUrl: 'https://murmur.example', isBaseUrlGiven: true },
      database: { url: 'postgres://m:p@db.example/m' },
      outbound: {
        allow: [
          { host: 'feeds.lan', port: 8080 },
          { host: 'fd00::1', port: 80 },
        ],
        proxyUrl: 'http://proxy.example:3128/',
      },
      mailOut: {
        smtp: { host: 'mail.example', port: 465, isTls: true, user: 'me', password: 'p@ss' },
        from: { name: 'Murmurcast', address: 'digest@example.org' },
      },
      readerDefaults: { language: 'pt-BR', timeZone: 'Europe/Berlin', digestAt: '06:30' },
    })
  })

  it('takes .env where the environment is silent, and an empty value for silence', () => {
    const files = { '.env': 'MURMURCAST_PORT=4000\nMURMURCAST_HOST=0.0.0.0\n# a remark\n' }
    const { web, shown } = read({ MURMURCAST_PORT: ' 5000 ', MURMURCAST_HOST: '' }, files)
    expect(web).toMatchObject({ port: 5000, host: '0.0.0.0' })
    const froms = Object.fromEntries(shown.map(({ name, from }) => [name, from]))
    expect(froms).toMatchObject({
      MURMURCAST_PORT: 'environment',
      MURMURCAST_HOST: '.env',
      MURMURCAST_ENV: 'default',
    })
  })

  it('reads a secret from its file', () => {
    const files = { '/run/secrets/db': 'postgres://m:p@db.example/m\n' }
    const config = read({ DATABASE_URL_FILE: '/run/secrets/db' }, files)
    expect(config.database).toEqual({ url: 'postgres://m:p@db.example/m' })
  })

  it('each example is a right value', () => {
    for (const [name, { example }] of Object.entries(settings)) {
      const mailFrom = name === 'SMTP_URL' ? { MAIL_FROM: settings.MAIL_FROM.example } : {}
      expect(mistakesOf({ [name]: example, ...mailFrom }), name).toEqual([])
    }
  })

  it('reports every mistake at once, each with an example', () => {
    const mistakes = mistakesOf({
      MURMURCAST_PORT: '70000',
      DIGEST_AT: '9 AM',
      MURMURCAST_PROT: '1',
      SMTP_URL: 'smtp://mail.example',
    })
    expect(mistakes).toEqual([
      'MURMURCAST_PORT: "70000" is not a port number from 0 to 65535. For example: MURMURCAST_PORT=4310',
      'DIGEST_AT: "9 AM" is not a time of day on the 24-hour clock. For example: DIGEST_AT=07:00',
      'MURMURCAST_PROT is no setting. Did you mean MURMURCAST_PORT?',
      'MAIL_FROM is needed when SMTP_URL is set. For example: MAIL_FROM=Murmurcast <digest@example.org>',
    ])
  })

  it.each([
    ['MURMURCAST_DATA', '~/murmurcast'],
    ['MURMURCAST_HOST', 'http://example.org'],
    ['MURMURCAST_PORT', '-1'],
    ['MURMURCAST_PORT', '4310x'],
    ['MURMURCAST_URL', 'murmur.example'],
    ['MURMURCAST_URL', 'https://murmur.example/path'],
    ['MURMURCAST_URL', 'https://me:pw@murmur.example'],
    ['DATABASE_URL', 'mysql://db.example/m'],
    ['DATABASE_URL', 'postgres://db.example'],
    ['MURMURCAST_FETCH_ALLOW', 'feeds.lan'],
    ['MURMURCAST_FETCH_ALLOW', 'feeds.lan:80,10.0.0.0/8:80'],
    ['MURMURCAST_FETCH_ALLOW', '*:80'],
    ['MURMURCAST_FETCH_ALLOW', ','],
    ['MURMURCAST_PROXY', 'socks5://proxy.example:1080'],
    ['SMTP_URL', 'mail.example:587'],
    ['SMTP_URL', 'smtp://me:p#ss@mail.example'],
    ['MAIL_FROM', 'Murmurcast'],
    ['MAIL_FROM', 'A\r\nBcc: x@example.org <a@example.org>'],
    ['MURMURCAST_LOG_LEVEL', 'loud'],
    ['MURMURCAST_LANGUAGE', 'plain_english'],
    ['MURMURCAST_TIME_ZONE', 'Mars/Olympus'],
    ['MURMURCAST_TIME_ZONE', '+02:00'],
    ['DIGEST_AT', '24:00'],
    ['MURMURCAST_ROLES', 'web,cook'],
    ['MURMURCAST_ENV', 'test'],
  ])('refuses %s=%s', (name, value) => {
    const [mistake] = mistakesOf({ [name]: value, MAIL_FROM: 'a@example.org', [name]: value })
    expect(mistake).toContain(name)
    expect(mistake).toContain(' For example: ')
  })

  it('never repeats a secret, right or wrong', () => {
    const wrong = mistakesOf({ DATABASE_URL: 'mysql://m:hunter2@db', SMTP_URL: 'hunter2' })
    expect(wrong.join()).not.toContain('hunter2')
    const right = describeConfig(
      read({
        DATABASE_URL: 'postgres://m:hunter2@db.example/m?password=hunter2',
        MURMURCAST_PROXY: 'http://m:hunter2@proxy.example:3128',
        SMTP_URL: 'smtp://m:hunter2@mail.example',
        MAIL_FROM: 'a@example.org',
      }),
    )
    expect(right).not.toContain('hunter2')
    expect(right).toContain('postgres://(hidden)@db.example/m')
  })

  it('says when a secret is set twice, or when its file is empty, absent or closed', () => {
    const twice = { DATABASE_URL: settings.DATABASE_URL.example, DATABASE_URL_FILE: '/x' }
    expect(mistakesOf(twice)).toEqual([
      'DATABASE_URL and DATABASE_URL_FILE are both set. Keep one of them.',
    ])
    expect(mistakesOf({ DATABASE_URL_FILE: '/x' })[0]).toContain('/x holds no text')
    const closed = (path: string): undefined => {
      if (path === '/x') throw new Error('EACCES')
    }
    expect(mistakesOf({ DATABASE_URL_FILE: '/x' }, closed)[0]).toContain('/x cannot be read')
    const closedDotEnv = (): undefined => {
      throw new Error('EACCES')
    }
    expect(mistakesOf({}, closedDotEnv)[0]).toContain('.env cannot be read')
  })

  it('remarks on what has no effect', () => {
    expect(read({ https_proxy: 'http://proxy.example' }).remarks).toEqual([
      'HTTPS_PROXY has no effect. To go out through a proxy set MURMURCAST_PROXY.',
    ])
    const proxy = { HTTP_PROXY: 'http://a.example', MURMURCAST_PROXY: 'http://b.example' }
    expect(read(proxy).remarks).toEqual([])
    expect(read({ MAIL_FROM: 'a@example.org' }).remarks[0]).toContain('without SMTP_URL')
    expect(read({ MURMURCAST_HOST: '0.0.0.0' }).remarks[0]).toContain('MURMURCAST_URL')
  })
})

it.each([
  ['127.0.0.1', 'http://localhost:4310'],
  ['0.0.0.0', 'http://localhost:4310'],
  ['::', 'http://localhost:4310'],
  ['192.168.1.20', 'http://192.168.1.20:4310'],
  ['fd00::1', 'http://[fd00::1]:4310'],
])('baseUrlAt(%s) is %s', (host, expected) => {
  expect(baseUrlAt(host, 4310)).toBe(expected)
})
