import PostalMime from 'postal-mime'

/** The parts of a message that a person reads. */
export type ReadMessage = {
  from: string
  to: string
  /** The HTML part as it was sent; null when there is none. */
  html: string | null
  text: string
}

/** Deeper than any mail program nests, so that a message made to exhaust us cannot. */
const MAX_DEPTH = 20

/** Reads a message's bytes (RFC 5322). */
export async function readMessage(raw: Uint8Array): Promise<ReadMessage> {
  const mail = await PostalMime.parse(raw, { maxNestingDepth: MAX_DEPTH })
  return {
    from: mail.from?.address ?? '',
    to: mail.to?.map(({ address }) => address ?? '').join(', ') ?? '',
    html: mail.html ?? null,
    text: mail.text ?? '',
  }
}
