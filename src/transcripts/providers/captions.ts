import { parseTranscript } from '../parse-transcript.ts'
import type { TranscriptProvider } from '../transcript-provider.ts'

export interface CaptionsOptions {
  /** As it stands in the record of attempts. */
  name: string
  /** Finds a video's captions file by the address of its page. */
  find: (link: string) => Promise<{ text: string; language: string } | undefined>
}

/** Captions that a platform has for a video. */
export function createCaptionsProvider({ name, find }: CaptionsOptions): TranscriptProvider {
  return {
    name,
    find: async ({ episode }) => {
      const captions = episode.link === null ? undefined : await find(episode.link)
      if (captions === undefined) {
        return { found: false, reason: 'There are no captions.', retryAt: null }
      }
      const { segments, isTimed, warnings } = parseTranscript(captions.text)
      if (!isTimed) {
        const reason = `The captions cannot be read. ${warnings.join(' ')}`.trim()
        return { found: false, reason, retryAt: null }
      }
      const transcript = { language: captions.language, origin: 'captions' as const, segments }
      return { found: true, transcript, reason: `Captions: ${segments.length} segments.` }
    },
  }
}
