import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2'

/** What a reader of tags is told, in the order of the text. Names are in lower case. */
export type TagListener = {
  open: (name: string, attributes: ReadonlyMap<string, string>) => void
  close?: (name: string) => void
  text?: (text: string) => void
}

const MAX_ATTRIBUTES = 100

/**
 * Tells the tags of HTML or XML one after the other, references decoded, in time linear in the
 * text: no tree is built, nothing has to be closed, and no entity but the known ones is replaced.
 */
export function readTags(markup: string, listener: TagListener, { xml = false } = {}): void {
  const options = { xmlMode: xml, decodeEntities: true }
  const tokenizer = new Tokenizer(options, callbacksOf(markup, listener))
  tokenizer.write(markup)
  tokenizer.end()
}

function callbacksOf(markup: string, listener: TagListener): TokenizerCallbacks {
  let tag = ''
  let attribute = ''
  let value: string[] = []
  let attributes = new Map<string, string>()
  const nameAt = (start: number, end: number) => markup.slice(start, end).toLowerCase()
  const open = () => listener.open(tag, attributes)
  const nothing = () => {}
  return {
    onopentagname(start, end) {
      tag = nameAt(start, end)
      attributes = new Map()
    },
    onattribname(start, end) {
      attribute = nameAt(start, end)
      value = []
    },
    onattribdata: (start, end) => value.push(markup.slice(start, end)),
    onattribentity: (codepoint) => value.push(String.fromCodePoint(codepoint)),
    onattribend() {
      if (attributes.has(attribute) || attributes.size >= MAX_ATTRIBUTES) return
      attributes.set(attribute, value.join(''))
    },
    onopentagend: open,
    onselfclosingtag() {
      open()
      listener.close?.(tag)
    },
    onclosetag: (start, end) => listener.close?.(nameAt(start, end)),
    ontext: (start, end) => listener.text?.(markup.slice(start, end)),
    ontextentity: (codepoint) => listener.text?.(String.fromCodePoint(codepoint)),
    ...{ oncdata: nothing, oncomment: nothing, ondeclaration: nothing, onend: nothing },
    onprocessinginstruction: nothing,
  }
}
