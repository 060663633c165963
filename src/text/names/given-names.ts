import femaleDe from 'human-names/data/female-human-names-de.json' with { type: 'json' }
import femaleEn from 'human-names/data/female-human-names-en.json' with { type: 'json' }
import femaleEs from 'human-names/data/female-human-names-es.json' with { type: 'json' }
import femaleFr from 'human-names/data/female-human-names-fr.json' with { type: 'json' }
import femaleIt from 'human-names/data/female-human-names-it.json' with { type: 'json' }
import femaleNl from 'human-names/data/female-human-names-nl.json' with { type: 'json' }
import maleDe from 'human-names/data/male-human-names-de.json' with { type: 'json' }
import maleEn from 'human-names/data/male-human-names-en.json' with { type: 'json' }
import maleEs from 'human-names/data/male-human-names-es.json' with { type: 'json' }
import maleFr from 'human-names/data/male-human-names-fr.json' with { type: 'json' }
import maleIt from 'human-names/data/male-human-names-it.json' with { type: 'json' }
import maleNl from 'human-names/data/male-human-names-nl.json' with { type: 'json' }

const LISTS = [
  femaleDe,
  femaleEn,
  femaleEs,
  femaleFr,
  femaleIt,
  femaleNl,
  maleDe,
  maleEn,
  maleEs,
  maleFr,
  maleIt,
  maleNl,
]
/** Given names that are first of all other things in English talk. */
const OTHER_THINGS = new Set(
  `will may june april august mark bill grant art drew rich chase chance faith hope grace joy rose
  summer autumn dawn star sky angel christian jordan paris london austin dallas houston georgia
  virginia carolina dakota sierra savannah israel diamond amber crystal ruby pearl jade ginger
  olive basil sage chip rusty sandy rocky buddy king prince duke major baron earl royal justice
  long my an in so do true early price van`.split(/\s+/),
)
const NAMES: ReadonlySet<string> = new Set(LISTS.flat().map((name) => name.toLowerCase()))

/** True for a name that people are commonly given, in any of the languages with a cue list. */
export function isGivenName(word: string): boolean {
  const lower = word.toLowerCase()
  return NAMES.has(lower) && !OTHER_THINGS.has(lower)
}

/** True also for given names that are common words: enough to keep one from becoming another. */
export function mayBeGivenName(word: string): boolean {
  return NAMES.has(word.toLowerCase())
}
