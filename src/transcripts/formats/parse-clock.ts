const CLOCK = /^(-)?(?:(\d{1,4}):)?(\d{1,4}):(\d{1,2})(?:[.,:](\d{1,9}))?$/

/** Seconds of `01:02:03,450`, `62:03.45` or `0:05`; negative ones stay so; null for others. */
export function parseClock(text: string): number | null {
  const match = CLOCK.exec(text.trim())
  if (match === null) return null
  const [, sign, hours = '0', minutes = '0', seconds = '0', fraction] = match
  const whole = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
  const value = whole + (fraction === undefined ? 0 : Number(`0.${fraction}`))
  return sign === undefined ? value : -value
}
