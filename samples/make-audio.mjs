/**
 * Makes the library's one playable episode: `node samples/make-audio.mjs`.
 *
 * Each cue of the script is spoken on its own by espeak-ng, measured, and joined with silence, so
 * the times kept in `scripts/32.times.json` are true to the audio. Run `make-transcripts.mjs` and
 * `make-feeds.mjs` afterwards. Needs espeak-ng and ffmpeg; nothing else in the library does, and
 * the finished mp3 is kept beside the feed.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cutTurn, readScript } from './script-timing.mjs'

const here = new URL('.', import.meta.url).pathname
const scriptPath = `${here}slow-arithmetic/scripts/32.txt`
const target = `${here}slow-arithmetic/audio/32.mp3`
const RATE = 22050
const CUE_GAP_SECONDS = 0.3
const TURN_GAP_SECONDS = 0.35
const CHAPTER_GAP_SECONDS = 0.5
const voices = {
  OTTILIE: ['-v', 'en-gb+f3', '-s', '150', '-p', '42'],
  CORNELIUS: ['-v', 'en-gb-scotland+m3', '-s', '154', '-p', '36'],
}

const folder = mkdtempSync(join(tmpdir(), 'murmurcast-audio-'))
try {
  const { samples, times } = speakScript()
  writeFileSync(scriptPath.replace(/\.txt$/, '.times.json'), `${JSON.stringify(times)}\n`)
  encode(samples)
  console.log(`${target}: ${statSync(target).size} bytes, ${times.at(-1).end} s`)
} finally {
  rmSync(folder, { recursive: true })
}

/** Speaks the whole script: 16-bit samples and one `{ start, end }` per cue, in seconds. */
function speakScript() {
  const { speakers, items } = readScript(scriptPath)
  const parts = [silence(0.4)]
  const times = []
  const lengthSoFar = () => parts.reduce((sum, part) => sum + part.length, 0) / 2 / RATE
  for (const item of items) {
    if (item.kind === 'chapter') parts.push(silence(CHAPTER_GAP_SECONDS))
    if (item.kind !== 'turn') continue
    for (const text of cutTurn(item.text, speakers.get(item.label).pace)) {
      const start = lengthSoFar()
      parts.push(speak(text, voices[item.label]))
      times.push({ start: toMs(start), end: toMs(lengthSoFar()) })
      parts.push(silence(CUE_GAP_SECONDS))
    }
    parts.push(silence(TURN_GAP_SECONDS))
  }
  return { samples: Buffer.concat([...parts, silence(0.8)]), times }
}

function speak(text, voice) {
  const file = join(folder, 'cue.wav')
  execFileSync('espeak-ng', [...voice, '-w', file, text])
  return trimSilence(readFileSync(file).subarray(44))
}

function trimSilence(samples) {
  const isLoud = (at) => Math.abs(samples.readInt16LE(at)) > 120
  let from = 0
  let to = samples.length - 2
  while (from < to && !isLoud(from)) from += 2
  while (to > from && !isLoud(to)) to -= 2
  return samples.subarray(from, to + 2)
}

function silence(seconds) {
  return Buffer.alloc(Math.round(seconds * RATE) * 2)
}

function encode(samples) {
  mkdirSync(join(target, '..'), { recursive: true })
  const raw = join(folder, 'all.raw')
  writeFileSync(raw, samples)
  const input = ['-f', 's16le', '-ar', String(RATE), '-ac', '1', '-i', raw]
  const filters = ['-af', 'highpass=f=70,lowpass=f=7500,volume=0.9']
  const tags = ['-metadata', 'title=The library that forgave everyone', '-metadata', 'artist=Slow Arithmetic']
  const output = ['-codec:a', 'libmp3lame', '-b:a', '40k', ...tags, '-bitexact', target]
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...input, ...filters, ...output])
}

function toMs(seconds) {
  return Math.round(seconds * 1000) / 1000
}
