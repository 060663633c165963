/**
 * Writes every transcript of the library from its script: `node samples/make-transcripts.mjs`.
 * Which format an episode has stands in its show's `show.json`. Prints words and lengths.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { clockText, countWords, readScript, timeScript } from './script-timing.mjs'

const here = new URL('.', import.meta.url).pathname
const shows = ['harbour-light', 'slow-arithmetic', 'bench-and-tide']
const writers = { vtt: renderVtt, srt: renderSrt, json: renderJson, rolling: renderRolling }

for (const slug of shows) {
  const show = JSON.parse(readFileSync(`${here}${slug}/show.json`, 'utf8'))
  for (const episode of show.episodes) {
    if (episode.transcript) writeTranscript(slug, episode)
  }
}

function writeTranscript(slug, episode) {
  const scriptPath = `${here}${slug}/scripts/${episode.script ?? episode.number}.txt`
  const timed = timeScript(scriptPath)
  const target = `${here}${slug}/${episode.transcript.path}`
  mkdirSync(target.replace(/\/[^/]+$/, ''), { recursive: true })
  writeFileSync(target, writers[episode.transcript.format](timed.cues))
  if (episode.chaptersFile) {
    mkdirSync(`${here}${slug}/chapters`, { recursive: true })
    writeFileSync(`${here}${slug}/${episode.chaptersFile}`, renderChapters(timed, episode))
  }
  const words = countWords(readScript(scriptPath))
  const pace = Math.round(words / (timed.duration / 60))
  console.log(`${slug} ${episode.number}: ${words} words, ${clockText(timed.duration)}, ${pace}/min`)
}

function renderVtt(cues) {
  const blocks = cues.map(
    (cue) =>
      `${stamp(cue.start, '.')} --> ${stamp(cue.end, '.')}\n${voice(cue.speaker)}${escapeText(cue.text)}\n`,
  )
  return `WEBVTT\n\n${blocks.join('\n')}`
}

function voice(speaker) {
  return speaker === 'nobody' ? '' : `<v ${speaker}>`
}

function renderSrt(cues) {
  return cues
    .map((cue, index) => {
      const text = cue.opensTurn ? `${cue.speaker}: ${cue.text}` : cue.text
      return `${index + 1}\n${stamp(cue.start, ',')} --> ${stamp(cue.end, ',')}\n${wrap(text, 64)}\n`
    })
    .join('\n')
}

function renderJson(cues) {
  const segments = cues.map((cue) => ({
    speaker: cue.speaker,
    startTime: cue.start,
    endTime: cue.end,
    body: cue.text,
  }))
  return `${JSON.stringify({ version: '1.0.0', segments }, null, 1)}\n`
}

function renderChapters(timed, episode) {
  const chapters = timed.chapters.map(({ title, start }) => ({ startTime: start, title }))
  return `${JSON.stringify({ version: '1.2.0', title: episode.title, chapters }, null, 2)}\n`
}

/**
 * The style of automatic captions: two lines, the lower one growing word by word with its own
 * times, then moving up; lower case, no punctuation, no speakers.
 */
function renderRolling(cues) {
  const lines = cues.flatMap(timedWords).reduce(intoLines, [])
  const blocks = lines.map((words, index) => {
    const upper = index === 0 ? ' ' : plain(lines[index - 1])
    const start = words[0].at
    const until = lines[index + 1]?.[0].at ?? start + words.length * 0.4
    const grow = words.map((word, at) =>
      at === 0 ? word.text : `<${stamp(word.at, '.')}><c> ${word.text}</c>`,
    )
    const settled = stamp(until - 0.01, '.')
    return (
      `${stamp(start, '.')} --> ${settled} align:start position:0%\n${upper}\n${grow.join('')}\n\n` +
      `${settled} --> ${stamp(until, '.')} align:start position:0%\n${plain(words)}\n \n`
    )
  })
  return `WEBVTT\nKind: captions\nLanguage: en\n\n${blocks.join('\n')}`
}

function timedWords(cue) {
  const words = cue.text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}'’.% -]|\.(?!\d)/gu, ' ')
    .split(/\s+/)
    .filter(Boolean)
  const step = (cue.end - cue.start) / words.length
  return words.map((text, index) => ({ text, at: cue.start + index * step }))
}

function intoLines(lines, word) {
  const last = lines.at(-1)
  if (last !== undefined && plain(last).length + word.text.length < 38) last.push(word)
  else lines.push([word])
  return lines
}

function plain(words) {
  return words.map((word) => word.text).join(' ')
}

function stamp(seconds, mark) {
  const total = Math.round(seconds * 1000)
  const part = (value, size) => String(value).padStart(size, '0')
  const clock = [Math.floor(total / 3600000), Math.floor(total / 60000) % 60, Math.floor(total / 1000) % 60]
  return `${clock.map((value) => part(value, 2)).join(':')}${mark}${part(total % 1000, 3)}`
}

function wrap(text, width) {
  const lines = ['']
  for (const word of text.split(' ')) {
    const line = lines.at(-1)
    if (line === '') lines[lines.length - 1] = word
    else if (line.length + word.length < width) lines[lines.length - 1] = `${line} ${word}`
    else lines.push(word)
  }
  return lines.join('\n')
}

function escapeText(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
