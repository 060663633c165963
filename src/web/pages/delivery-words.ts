import type { DeliveryState } from '../../model/digest.ts'

/** How a delivery stands, in words for readers. */
export const DELIVERY_WORDS: Readonly<
  Record<DeliveryState, { word: string; tone: 'plain' | 'good' | 'bad'; sentence: string }>
> = {
  built: { word: 'Ready', tone: 'plain', sentence: 'ready, and waiting to be sent' },
  sending: { word: 'On its way', tone: 'plain', sentence: 'being sent now' },
  sent: { word: 'Sent', tone: 'good', sentence: 'sent' },
  uncertain: {
    word: 'Uncertain',
    tone: 'bad',
    sentence:
      'nobody knows whether it arrived; the connection broke at the very end. It is not sent again, and its items come with the next digest',
  },
  failed: { word: 'Refused', tone: 'bad', sentence: 'refused by the mail server' },
  cancelled: { word: 'Not sent', tone: 'plain', sentence: 'not sent, as it was no longer wanted' },
}

/** The word for a delivery; what needs no server is kept, not sent. */
export function deliveryWord(state: DeliveryState, address: string): string {
  return state === 'sent' && address === 'outbox' ? 'Kept' : DELIVERY_WORDS[state].word
}
