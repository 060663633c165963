import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FAKE_UNSUBSCRIBE_TOKEN } from '../fake-web-options.ts'
import { bundleAssets } from '../testing/bundle-assets.ts'
import { createTestSite, type TestSite } from '../testing/request-app.ts'

let assets: Awaited<ReturnType<typeof bundleAssets>>
let site: TestSite
let wishes: [string, boolean][]
beforeAll(async () => {
  assets = await bundleAssets()
  site = createTestSite(assets.dir)
  wishes = []
  const known = site.options.actions.changeDigestWish
  site.options.actions.changeDigestWish = async (token, wantsDigest) => {
    wishes.push([token, wantsDigest])
    return known(token, wantsDigest)
  }
})
afterAll(() => assets[Symbol.asyncDispose]())

const PATH = `/unsubscribe/${FAKE_UNSUBSCRIBE_TOKEN}`

/** As a mailbox provider posts (RFC 8058): from nowhere, without cookies. */
const oneClick = (path: string) =>
  site.app.request(new URL(path, site.options.baseUrl), {
    method: 'POST',
    headers: {
      host: new URL(site.options.baseUrl).host,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'List-Unsubscribe=One-Click',
  })

describe('stopping the digests (row 78)', () => {
  it('changes nothing when the link is opened', async () => {
    const answer = await site.get(PATH, { session: null })
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain('Stop the e‑mails')
    expect(wishes).toEqual([])
  })

  it('takes one click, again and again, and has a way back', async () => {
    const answers = [await oneClick(PATH), await oneClick(PATH), await oneClick(`${PATH}/undo`)]
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(wishes).toEqual([
      [FAKE_UNSUBSCRIBE_TOKEN, false],
      [FAKE_UNSUBSCRIBE_TOKEN, false],
      [FAKE_UNSUBSCRIBE_TOKEN, true],
    ])
  })

  it('refuses a forged link without saying whose it might be', async () => {
    const answer = await oneClick('/unsubscribe/01a20a5a-3507-776b-96f4-88b50f1858e2.AAAAAAAA')
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.status).toBeLessThan(500)
  })
})

describe('files of the sample library', () => {
  it('are there for anybody, whole or in part, and run nothing', async () => {
    const whole = await site.get('/sample-library/show/cover.svg', { session: null })
    expect(whole.status).toBe(200)
    expect(whole.headers.get('content-type')).toBe('image/svg+xml')
    expect(whole.headers.get('content-security-policy')).toContain('sandbox')
    const part = await site.get('/sample-library/show/cover.svg', {
      headers: { range: 'bytes=1-3' },
    })
    expect([part.status, await part.text()]).toEqual([206, 'svg'])
    expect(part.headers.get('content-range')).toBe('bytes 1-3/6')
    const beyond = await site.get('/sample-library/show/cover.svg', {
      headers: { range: 'bytes=6-' },
    })
    expect(beyond.status).toBe(416)
  })

  it('that do not exist are not found', async () => {
    expect((await site.get('/sample-library/none.svg')).status).toBe(404)
  })
})
