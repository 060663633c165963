/**
 * Scripts are the library's one place for spoken words. A script is plain text:
 *
 *   @MAREN = Maren Tolliver | 1.02      who a label stands for, and how fast they speak
 *   == The brass line                   a chapter begins
 *   MAREN: There is a brass line …      one turn; blank lines are ignored
 *   [pause 1.5]                         silence, in seconds
 *
 * `readScript` gives the turns, `timeScript` gives cues with times in seconds.
 */
import { existsSync, readFileSync } from 'node:fs'

/** Seconds per word and per letter at pace 1: together about 155 words a minute with pauses. */
const SECONDS_PER_WORD = 0.212
const SECONDS_PER_LETTER = 0.0345
const MAX_CUE_SECONDS = 11
const JOIN_BELOW_SECONDS = 3

/** Reads a script file: `{ speakers, items }`, an item being a chapter, a turn or a pause. */
export function readScript(path) {
  const speakers = new Map()
  const items = []
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    const speaker = line.match(/^@([A-Z]+) = ([^|]+?)\s*\|\s*([\d.]+)\s*$/)
    const chapter = line.match(/^== (.+)$/)
    const pause = line.match(/^\[pause ([\d.]+)\]$/)
    const turn = line.match(/^([A-Z]+): (.+)$/)
    if (speaker) speakers.set(speaker[1], { name: speaker[2], pace: Number(speaker[3]) })
    else if (chapter) items.push({ kind: 'chapter', title: chapter[1].trim() })
    else if (pause) items.push({ kind: 'pause', seconds: Number(pause[1]) })
    else if (turn && speakers.has(turn[1])) {
      items.push({ kind: 'turn', label: turn[1], text: turn[2].trim() })
    } else if (line.trim() !== '') throw new Error(`${path}: cannot read the line: ${line}`)
  }
  return { speakers, items }
}

/** Counts the words of a text or of a whole script. */
export function countWords(input) {
  const text =
    typeof input === 'string'
      ? input
      : input.items.flatMap((item) => (item.kind === 'turn' ? [item.text] : [])).join(' ')
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length
}

/** Seconds a person of this pace needs to say the text. */
export function secondsFor(text, pace) {
  const letters = text.replace(/\s/g, '').length
  const digits = (text.match(/\d/g) ?? []).length
  return (countWords(text) * SECONDS_PER_WORD + (letters + digits * 4) * SECONDS_PER_LETTER) / pace
}

/** Cuts one turn into sentence-sized pieces; a very long sentence is cut at a comma. */
export function cutTurn(text, pace) {
  const sentences = text.match(/[^.!?…]+(?:[.!?…]+(?=\S)[^.!?…]+)*[.!?…]*["”’)]*\s*|[.!?…]+\s*/g)
  const pieces = (sentences ?? [text]).flatMap((sentence) => cutLong(sentence.trim(), pace))
  const cues = []
  for (const piece of pieces) {
    const last = cues.at(-1)
    const joined = last === undefined ? '' : `${last} ${piece}`
    const isShort = last !== undefined && secondsFor(last, pace) < JOIN_BELOW_SECONDS
    if (isShort && secondsFor(joined, pace) < MAX_CUE_SECONDS) cues[cues.length - 1] = joined
    else cues.push(piece)
  }
  return cues
}

function cutLong(sentence, pace) {
  if (sentence === '') return []
  if (secondsFor(sentence, pace) <= MAX_CUE_SECONDS) return [sentence]
  const middle = sentence.length / 2
  const commas = [...sentence.matchAll(/[,;:—–] /g)].map((match) => match.index + 1)
  const spaces = [...sentence.matchAll(/ /g)].map((match) => match.index)
  const near = commas.filter((at) => Math.abs(at - middle) < sentence.length * 0.3)
  const cut = (near.length > 0 ? near : spaces).reduce((best, at) =>
    Math.abs(at - middle) < Math.abs(best - middle) ? at : best,
  )
  return [sentence.slice(0, cut).trim(), sentence.slice(cut).trim()].flatMap((half) =>
    cutLong(half, pace),
  )
}

/**
 * Gives `{ cues, chapters, duration }`: cues as `{ start, end, speaker, text, opensTurn }`, times
 * in seconds to the millisecond and strictly increasing. A `NAME.times.json` beside the script,
 * measured from real audio, replaces the estimate.
 */
export function timeScript(path) {
  const script = readScript(path)
  const measuredPath = path.replace(/\.txt$/, '.times.json')
  const measured = existsSync(measuredPath) ? JSON.parse(readFileSync(measuredPath, 'utf8')) : null
  const cues = []
  const chapters = []
  let clock = measured ? 0 : 0.4
  for (const item of script.items) {
    if (item.kind === 'pause') clock += item.seconds
    else if (item.kind === 'chapter') chapters.push({ title: item.title, cue: cues.length })
    else {
      const { name, pace } = script.speakers.get(item.label)
      for (const [index, text] of cutTurn(item.text, pace).entries()) {
        const start = measured?.[cues.length]?.start ?? clock
        const end = measured?.[cues.length]?.end ?? start + secondsFor(text, pace)
        cues.push({ start: ms(start), end: ms(end), speaker: name, text, opensTurn: index === 0 })
        clock = end + breath(cues.length)
      }
      clock += breath(cues.length + 7)
    }
  }
  const starts = chapters.map(({ title, cue }, index) => ({
    title,
    start: index === 0 ? 0 : Math.floor(cues[cue].start),
  }))
  return { cues, chapters: starts, duration: Math.ceil((cues.at(-1)?.end ?? 0) + 1.5) }
}

/** Small pauses that differ from cue to cue yet never from run to run. */
function breath(seed) {
  return 0.08 + ((seed * 7919) % 17) / 80
}

function ms(seconds) {
  return Math.round(seconds * 1000) / 1000
}

/** `mm:ss`, or `h:mm:ss` from one hour on. */
export function clockText(seconds) {
  const whole = Math.floor(seconds)
  const tail = `${String(Math.floor((whole % 3600) / 60)).padStart(2, '0')}:${String(whole % 60).padStart(2, '0')}`
  return whole >= 3600 ? `${Math.floor(whole / 3600)}:${tail}` : tail
}
