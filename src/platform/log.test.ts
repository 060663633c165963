import { expect, it } from 'vitest'
import { createLog } from './log.ts'

it('writes lines of JSON with their time, and hides secrets', () => {
  const lines: string[] = []
  const log = createLog('info', { write: (line) => lines.push(line) })
  log.info({ step: 'send-digest', password: 'hunter2', smtp: { token: 'abc' } }, 'sent')
  log.debug({ step: 'quiet' })
  expect(lines).toHaveLength(1)
  const line: unknown = JSON.parse(lines[0] ?? '')
  expect(line).toMatchObject({
    at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    step: 'send-digest',
    password: '(hidden)',
    smtp: { token: '(hidden)' },
    msg: 'sent',
  })
})
