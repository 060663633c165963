/** Somebody with a browser: keeps cookies, fills in forms, follows links. */
export type Visitor = {
  /** Cookies as the browser would send them. */
  readonly cookie: string
  /** The page at `path`; `target` is where it leads on to, if it does. */
  get: (path: string) => Promise<{ status: number; text: string; target: string | null }>
  /** Sends a form of our own making, as a browser would that has the site open. */
  post: (path: string, fields: Record<string, string>) => Promise<Answer>
  /** Sends the page's form to `action` with these fields; those of it that are hidden go along. */
  submit: (page: string, action: string, fields?: Record<string, string>) => Promise<Answer>
}

/** `location` is where the browser is sent next. */
type Answer = { status: number; location: string | null; text: string }

/** A visitor of the site at `origin` who has no cookies yet. */
export function visitSite(origin: string): Visitor {
  const jar = new Map<string, string>()
  const cookie = (): string => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  const request = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const response = await fetch(new URL(path, origin), {
      ...init,
      redirect: 'manual',
      headers: { ...init.headers, cookie: cookie() },
    })
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (name !== undefined && value !== undefined) jar.set(name, value)
    }
    return response
  }
  const post: Visitor['post'] = async (path, fields) => {
    const headers = { origin: new URL(origin).origin, 'sec-fetch-site': 'same-origin' }
    const body = new URLSearchParams(fields)
    const response = await request(path, { method: 'POST', body, headers })
    const location = response.headers.get('location')
    return { status: response.status, location, text: await response.text() }
  }
  return {
    get cookie() {
      return cookie()
    },
    get: async (path) => {
      const first = await request(path)
      const target = first.headers.get('location')
      const response = target === null ? first : await request(target)
      return { status: response.status, text: await response.text(), target }
    },
    post,
    submit: async (page, action, fields = {}) => {
      const html = await (await request(page)).text()
      return post(action, { ...hiddenFields(html, action), ...fields })
    },
  }
}

function hiddenFields(html: string, action: string): Record<string, string> {
  const form = html
    .split('<form')
    .slice(1)
    .map((rest) => rest.slice(0, rest.indexOf('</form>')))
    .find((text) => text.includes(`action="${action}"`))
  if (form === undefined) throw new Error(`The page has no form for ${action}.`)
  const inputs = form.match(/<input\b[^>]*type="hidden"[^>]*>/g) ?? []
  return Object.fromEntries(
    inputs.map((input) => [attribute(input, 'name'), attribute(input, 'value')]),
  )
}

const attribute = (tag: string, name: string): string =>
  new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? ''
