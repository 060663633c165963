const MAX_URL_LENGTH = 2048

/** Query parameters that follow the reader about and name nothing on the page. */
const TRACKING =
  /^(?:utm_\w*|_?(?:fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|twclid|yclid|ttclid|igshid|igsh|li_fat_id|mc_cid|mc_eid|mkt_tok|_hsenc|_hsmi|hsctatracking|vero_id|vero_conv|oly_anon_id|oly_enc_id|wickedid|rb_clickid|ck_subscriber_id|guccounter|guce_referrer\w*|ref_src|ref_url|s_cid|cmpid|spm|trk|trkcampaign|sc_campaign|feature|si|_branch_match_id))$/i

/** `feature` and `si` mean tracking on these hosts only. */
const HOST_BOUND = /^(?:feature|si|spm|trk)$/i
const HOST_BOUND_HOSTS =
  /(?:^|\.)(?:youtube\.com|youtu\.be|spotify\.com|alibaba\.com|aliexpress\.com|linkedin\.com|soundcloud\.com)$/

/**
 * A link target that may stand on a page: absolute http, https or mailto, without user info and
 * tracking parameters, at most 2,048 characters. Null for everything else (`javascript:`, `data:`,
 * relative addresses, and what no URL parser takes).
 */
export function cleanUrl(href: string): string | null {
  // Browsers drop these before reading the scheme, so `java\tscript:` must not get past us.
  const trimmed = href.replace(/\p{Cc}/gu, '').trim()
  if (trimmed === '' || trimmed.length > MAX_URL_LENGTH * 2) return null
  const url = parseUrl(absolute(trimmed))
  if (url === null) return null
  if (url.protocol === 'mailto:') return url.href.length > MAX_URL_LENGTH ? null : url.href
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null
  url.username = ''
  url.password = ''
  dropTracking(url)
  return url.href.length > MAX_URL_LENGTH ? null : url.href
}

/** The same for two spellings of one address: scheme, `www.` and last slash left out. */
export function urlKey(url: string): string {
  return url
    .replace(/^https?:\/\//i, '')
    .replace(/^www\./i, '')
    .replace(/\/(?=$|[?#])/, '')
}

function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null
}

function absolute(href: string): string {
  if (href.startsWith('//')) return `https:${href}`
  if (/^www\.[^/\s]+\.[a-z]{2,}/i.test(href)) return `https://${href}`
  return href
}

/** Takes the query parameters out of `url` that follow the reader about and name nothing. */
export function dropTracking(url: URL): void {
  if (url.search === '') return
  const isHostBound = HOST_BOUND_HOSTS.test(url.hostname)
  const kept = url.search
    .slice(1)
    .split('&')
    .filter((pair) => {
      const name = pair.split('=', 1)[0] ?? ''
      if (HOST_BOUND.test(name) && !isHostBound) return true
      return pair !== '' && !TRACKING.test(name)
    })
  url.search = kept.join('&')
}
