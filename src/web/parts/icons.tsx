const PATHS = {
  podcast:
    'M12 14a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Zm-1 2h2l-.4 5h-1.2L11 16Zm-3.6-.2a6 6 0 1 1 9.2 0M5 18.6a9.5 9.5 0 1 1 14 0',
  youtube:
    'M3 7.5A2.5 2.5 0 0 1 5.5 5h13A2.5 2.5 0 0 1 21 7.5v9a2.5 2.5 0 0 1-2.5 2.500h-13A2.5 2.5 0 0 1 3 16.500v-9ZM10 9v6l5-3-5-3Z',
  newsletter: 'M3 6h18v12H3V6Zm0 .5 9 7 9-7',
  blog: 'M6 3h9l4 4v14H6V3Zm9 0v4h4M9 11h7M9 14.500h7M9 18h4',
  today:
    'M4 5h13v14H6a2 2 0 0 1-2-2V5Zm13 4h3v8a2 2 0 0 1-2 2h-1M7 8.500h7M7 12h3v4H7v-4Zm6 0h1M13 16h1',
  sources: 'M5 19a1 1 0 1 0 0-.01M5 12a7 7 0 0 1 7 7M5 5.500A13.5 13.5 0 0 1 18.5 19',
  outbox:
    'M4 13v5a1 1 0 0 0 1 1h14a1 1 0 0 0 1-1v-5M4 13h4l1.5 2.500h5L16 13h4M4 13l2-4M20 13l-2-4M12 12V4m0 0L9 7m3-3 3 3',
  settings: 'M4 7h9m4 0h3M4 12h3m4 0h9M4 17h9m4 0h3M15 5v4M9 10v4M15 15v4',
  link: 'M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.700l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.700l1-1',
  out: 'M9 5H5v14h14v-4M13 4h7v7M20 4l-9 9',
  play: 'M7 4.500v15l12-7.5-12-7.5Z',
  pause: 'M8 5v14M16 5v14',
  retry: 'M19 12a7 7 0 1 1-2.2-5.100M19 4v4.500h-4.5',
  remove: 'M5 7h14M10 7V4.500h4V7M7 7l1 13h8l1-13M10.5 11v5.500M13.5 11v5.5',
  add: 'M12 5v14M5 12h14',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13Zm4.8-1.700L20 20',
  check: 'M5 12.5 10 17.5 19 7',
  warning: 'M12 4 2.8 20h18.400L12 4Zm0 6v5m0 2.500v.1',
  info: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm0-10v6m0-9.500v.1',
  waiting: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm0-14v5l3.5 2.5',
  lock: 'M6 11h12v9H6v-9Zm2.5 0V7.5a3.5 3.5 0 0 1 7 0V11',
  download: 'M12 4v11m0 0-4-4m4 4 4-4M5 20h14',
  earlier: 'M14.5 5 8 12l6.5 7',
  later: 'M9.5 5 16 12l-6.5 7',
  sample: 'M5 4h4v16H5V4Zm4 2h4v14H9V6Zm5.2.800 3.9-1 3.8 14.2-3.9 1L14.2 6.800Z',
  signout: 'M14 4H5v16h9M10 12h11m0 0-3.5-3.500M21 12l-3.5 3.5',
} as const

export type IconName = keyof typeof PATHS
export const ICON_NAMES = Object.keys(PATHS) as IconName[]

/** A line icon of 1.2 em in the colour of its text. Without a label it is hidden from readers of the screen. */
export function Icon({ name, label }: { name: IconName; label?: string }) {
  const shown =
    label === undefined ? { 'aria-hidden': 'true' } : { role: 'img', 'aria-label': label }
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: named by aria-label, or hidden as decoration
    <svg class="icon" viewBox="0 0 24 24" width="20" height="20" fill="none" {...shown}>
      <path
        d={PATHS[name]}
        stroke="currentColor"
        stroke-width="1.6"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  )
}

/** Heights of the mark's bars, centred on the line: a voice falling to a murmur. */
const MARK_BARS = [6, 14, 22, 12, 18, 8, 4, 2]

/** The product's mark: a voice that becomes a line of print. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 40 28" width="40" height="28" aria-hidden="true">
      {MARK_BARS.map((height, index) => (
        <rect
          x={2 + index * 4.6}
          y={14 - height / 2}
          width="2.6"
          height={height}
          rx="1.3"
          fill="currentColor"
        />
      ))}
    </svg>
  )
}

const markBars = MARK_BARS.map(
  (height, index) =>
    `<rect x="${(2 + index * 4.6).toFixed(1)}" y="${20 - height / 2}" width="2.6" height="${height}" rx="1.3"/>`,
)

/** The mark as a file, for the browser's tab. */
export const MARK_SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect width="40" height="40" rx="9" fill="#a8381c"/><g fill="#fff8ef">${markBars.join('')}</g></svg>`
