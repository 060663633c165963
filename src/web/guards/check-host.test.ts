import { describe, expect, it } from 'vitest'
import { isOwnHost } from './check-host.ts'

const site = { baseUrl: 'https://murmur.example', isLoopback: false }
const laptop = { baseUrl: 'http://localhost:3000', isLoopback: true }

describe('the hosts that the site answers to', () => {
  it.each([
    ['murmur.example', site, true],
    ['MURMUR.example', site, true],
    ['murmur.example:443', site, false],
    ['murmur.example:8080', site, false],
    ['murmur.example.evil.example', site, false],
    ['evil.example', site, false],
    ['murmur.example.', site, false],
    ['localhost', site, false],
    ['127.0.0.1', site, false],
    ['', site, false],
    ['user@murmur.example', site, false],
    ['murmur.example/path', site, false],
    ['murmur.example evil.example', site, false],
    ['murmur.example,evil.example', site, false],
    ['localhost:3000', laptop, true],
    ['localhost:4000', laptop, true],
    ['127.0.0.1:3000', laptop, true],
    ['[::1]:3000', laptop, true],
    ['127.0.0.2:3000', laptop, false],
    ['localhost.evil.example:3000', laptop, false],
    ['192.168.1.20:3000', laptop, false],
    ['rebound.evil.example:3000', laptop, false],
  ])('%s → %s: %s', (host, where, isOwn) => {
    expect(isOwnHost(host, where)).toBe(isOwn)
  })
})
