import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import { startDeadline } from './start-deadline.ts'

const tooLate = () => new Error('too late')

describe('startDeadline', () => {
  it('aborts with its reason when the time is over', async () => {
    const deadline = startDeadline(10, tooLate)
    await expect(deadline.race(new Promise(() => {}))).rejects.toThrow('too late')
    expect(deadline.signal.aborted).toBe(true)
  })

  it('passes results and errors through', async () => {
    const deadline = startDeadline(1_000, tooLate)
    await expect(deadline.race(Promise.resolve(7))).resolves.toBe(7)
    await expect(deadline.race(Promise.reject(new Error('broken')))).rejects.toThrow('broken')
    deadline.stop()
  })

  it('passes the reason of the caller on, also one from before', async () => {
    const controller = new AbortController()
    const deadline = startDeadline(1_000, tooLate, controller.signal)
    const work = deadline.race(new Promise(() => {}))
    controller.abort('gone')
    await expect(work).rejects.toBe('gone')
    expect(startDeadline(1_000, tooLate, AbortSignal.abort('before')).signal.reason).toBe('before')
  })

  it('leaves nothing behind on a signal that lives on', async () => {
    const { signal } = new AbortController()
    const deadline = startDeadline(1_000, tooLate, signal)
    await deadline.race(Promise.resolve())
    expect(getEventListeners(signal, 'abort')).toHaveLength(1)
    deadline.stop()
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
    expect(getEventListeners(deadline.signal, 'abort')).toHaveLength(0)
  })
})
