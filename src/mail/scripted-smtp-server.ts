import { type AddressInfo, createServer, type Socket } from 'node:net'

/** A reply line; or the connection is reset; or nothing is said; or the line comes late. */
export type ScriptedReply = string | 'drop' | 'silence' | { afterMs: number; reply: string }

/** What the server says at each point; what is left out it says as any good server would. */
export type SmtpScript = {
  greeting?: ScriptedReply
  EHLO?: ScriptedReply
  MAIL?: ScriptedReply
  RCPT?: ScriptedReply
  STARTTLS?: ScriptedReply
  DATA?: ScriptedReply
  /** At the first bytes of the message. */
  body?: ScriptedReply
  /** After the ending dot. */
  dot?: ScriptedReply
  /** Capabilities offered, such as `PIPELINING`. */
  capabilities?: readonly string[]
  /** True to stop reading after 354, so that the message cannot all leave the client. */
  stopReading?: boolean
}

export type ScriptedSmtpServer = AsyncDisposable & {
  port: number
  /** Complete messages, dot included, whatever was answered to them; dots unstuffed. */
  readonly messages: { from: string; to: string[]; raw: string }[]
  /** Command lines in order. */
  readonly commands: string[]
}

const ORDINARY = {
  greeting: '220 ready',
  MAIL: '250 sender fine',
  RCPT: '250 recipient fine',
  DATA: '354 go on',
  body: '',
  dot: '250 2.0.0 taken as 42',
  STARTTLS: '454 4.7.0 not now',
} as const

const VERBS = ['EHLO', 'MAIL', 'RCPT', 'DATA', 'STARTTLS'] as const

type Point = keyof typeof ORDINARY | (typeof VERBS)[number]

/** An SMTP server on 127.0.0.1 that follows a script, for tests of what goes wrong on the wire. */
export async function startScriptedSmtpServer(
  script: SmtpScript = {},
): Promise<ScriptedSmtpServer> {
  const messages: ScriptedSmtpServer['messages'] = []
  const commands: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.once('close', () => sockets.delete(socket))
    talk(socket, { script, messages, commands })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    messages,
    commands,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

type Talk = Pick<ScriptedSmtpServer, 'messages' | 'commands'> & { script: SmtpScript }

function talk(socket: Socket, { script, messages, commands }: Talk): void {
  const state = { buffer: '', inData: false, from: '', to: [] as string[] }
  const say = (point: Point) => {
    const offered = [...(script.capabilities ?? []), 'SIZE 10000000']
    const hello = ['scripted', ...offered].map((c, i) => `250${i < offered.length ? '-' : ' '}${c}`)
    reply(socket, script[point] ?? (point === 'EHLO' ? hello.join('\r\n') : ORDINARY[point]))
  }
  const readCommand = (line: string) => {
    commands.push(line)
    const verb = line.split(/[ :]/)[0]?.toUpperCase() ?? ''
    const address = /<([^>]*)>/.exec(line)?.[1] ?? ''
    if (verb === 'MAIL') state.from = address
    if (verb === 'RCPT') state.to.push(address)
    if (verb === 'QUIT') return socket.end('221 bye\r\n')
    if (verb === 'DATA') {
      state.inData = script.DATA === undefined || String(script.DATA).startsWith('354')
      if (script.stopReading) socket.pause()
    }
    const point = VERBS.find((known) => known === verb)
    if (point) say(point)
    else socket.write('500 5.5.2 not understood\r\n')
  }
  const readMessage = () => {
    if (script.body !== undefined) say('body')
    // The line end of the DATA command is the line end before a dot that comes at once.
    const end = `\r\n${state.buffer}`.indexOf('\r\n.\r\n')
    if (end < 0) return false
    const raw = state.buffer.slice(0, end).replace(/^\./gm, '')
    messages.push({ from: state.from, to: state.to, raw })
    state.buffer = state.buffer.slice(end + 3)
    state.inData = false
    state.to = []
    say('dot')
    return true
  }
  socket.on('data', (chunk) => {
    state.buffer += chunk.toString('latin1')
    for (;;) {
      if (state.inData) {
        if (!readMessage()) return
        continue
      }
      const end = state.buffer.indexOf('\r\n')
      if (end < 0) return
      const line = state.buffer.slice(0, end)
      state.buffer = state.buffer.slice(end + 2)
      readCommand(line)
    }
  })
  say('greeting')
}

function reply(socket: Socket, answer: ScriptedReply): void {
  if (answer === 'drop') socket.resetAndDestroy()
  else if (answer === 'silence' || answer === '') return
  else if (typeof answer === 'string') socket.write(`${answer}\r\n`)
  else setTimeout(() => reply(socket, answer.reply), answer.afterMs)
}
