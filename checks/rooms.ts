const GROUND = ['model', 'text', 'platform']
const CRAFTS = ['store', 'sources', 'transcripts', 'summaries', 'digests', 'mail']
const ROOMS = [...CRAFTS, ...GROUND, 'actions', 'pipeline', 'web', 'cli']

/**
 * For every room of src, what it may import besides itself. Imports go down, never sideways. A room
 * with a slash is a part of another; `main`, `app` and `config` are the three root files.
 */
export const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  main: ['app', 'config', 'cli', 'model'],
  app: ['config', ...ROOMS],
  config: GROUND,

  web: ['actions', 'store/views', ...GROUND],
  cli: ['actions', 'store/views', ...GROUND],

  actions: [...CRAFTS, ...GROUND],
  pipeline: [...CRAFTS, ...GROUND],

  store: GROUND,
  sources: GROUND,
  transcripts: GROUND,
  summaries: GROUND,
  digests: GROUND,
  mail: GROUND,

  model: [],
  text: ['model'],
  platform: ['model'],
}

const ROOT_FILES = ['main', 'app', 'config']

/** The room of a path below src, such as `web` or `config`; null for what is in no room. */
export function roomOf(path: string): string | null {
  const [top = '', ...rest] = path.replace(/^src\//, '').split('/')
  const name = rest.length === 0 ? top.replace(/(\.test)?\.ts$/, '') : top
  const known = rest.length === 0 ? ROOT_FILES : ROOMS
  return known.includes(name) ? name : null
}

/** True when `path` lies in `room`, which may be a part of one (`store/views`) or a root file. */
export function isInRoom(path: string, room: string): boolean {
  return path.startsWith(`src/${room}/`) || path === `src/${room}.ts`
}
