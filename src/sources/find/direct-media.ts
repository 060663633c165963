import { sourceName } from '../feed/feed-url.ts'

const EXTENSION = /\.(?:mp3|m4a|m4b|aac|ogg|oga|opus|flac|wav|wma|mp4|m4v|mov|mkv|webm|avi)$/i
const MEDIA_TYPE = /^\s*(?:audio|video)\/(?!.*(?:mpegurl|scpls))/i

/** True for an address that names an audio or video file. */
export function isMediaAddress(url: URL): boolean {
  return EXTENSION.test(url.pathname)
}

/** True for the Content-Type of an audio or video file. */
export function isMediaType(contentType: string | null): boolean {
  return contentType !== null && MEDIA_TYPE.test(contentType)
}

/** Why a single file cannot be followed, and what to do. */
export function whyNoMediaFile(url: string): string {
  const advice = 'Paste the address of the show that it belongs to.'
  return `${sourceName(url)} is a single audio or video file, and nothing new will ever come of it. ${advice}`
}
