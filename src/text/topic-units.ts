import type { CueList } from './cue-list.ts'
import type { Reading } from './reading.ts'
import type { TopicUnit } from './segment-topics.ts'
import type { Utterance } from './split-utterances.ts'
import { NO_STEM } from './vocabulary.ts'

/** What a boundary gains, in nats, set on podcasts with hand-marked topics. */
const CUE_BONUS = 4
const QUESTION_BONUS = 2
const TURN_BONUS = 2
/** A turn that asks something, as hosts do when they go on to the next point. */
const ASKING_TURN_BONUS = 6
/** Only the start of a sentence shows where it leads. In characters. */
const CUE_CHARS = 160
/** An "All right." before the sentence that turns the talk. In words. */
const NOD_WORDS = 3
/** How far into a turn its question may come. In sentences. */
const QUESTION_REACH = 8

/** The sentences of a reading as the topic segmenter takes them. */
export function topicUnits(reading: Reading, cues: CueList | null): TopicUnit[] {
  const { utterances, tokens } = reading
  const shifts = utterances.map((utterance) => isShift(reading.text, utterance, cues))
  return utterances.map((utterance, index) => {
    const { tokenFrom, tokenTo } = utterance
    const words = tokenTo - tokenFrom
    const isNod = words <= NOD_WORDS && shifts[index + 1] === true
    const previous = utterances[index - 1]
    const opensTurn = previous !== undefined && previous.turn !== utterance.turn
    return {
      stems: [...tokens.stem.subarray(tokenFrom, tokenTo)].filter((stem) => stem !== NO_STEM),
      words,
      bonus:
        (shifts[index] === true || isNod ? CUE_BONUS : 0) +
        (utterance.isQuestion && previous?.isQuestion !== true ? QUESTION_BONUS : 0) +
        (opensTurn ? TURN_BONUS : 0) +
        (opensTurn && asks(utterances, index) ? ASKING_TURN_BONUS : 0),
    }
  })
}

function isShift(text: string, { from, to }: Utterance, cues: CueList | null): boolean {
  if (cues === null) return false
  const start = text.slice(from, Math.min(to, from + CUE_CHARS))
  return cues.shift.test(start.toLowerCase().replaceAll('’', "'"))
}

function asks(utterances: readonly Utterance[], first: number): boolean {
  const turn = utterances[first]?.turn
  for (let index = first; index < first + QUESTION_REACH; index++) {
    const utterance = utterances[index]
    if (utterance === undefined || utterance.turn !== turn) return false
    if (utterance.isQuestion) return true
  }
  return false
}
