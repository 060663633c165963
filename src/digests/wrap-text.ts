/** Breaks prose at spaces so that no line is over `width` characters, long words excepted. */
export function wrapText(text: string, width = 72): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else {
      line = line === '' ? word : `${line} ${word}`
    }
  }
  lines.push(line)
  return lines.join('\n')
}

/** Every line set in by two spaces. */
export function indentText(text: string): string {
  return text.replace(/^(?=.)/gm, '  ')
}
