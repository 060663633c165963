import { describe, expect, it } from 'vitest'
import { identifyLanguage } from './identify-language.ts'

const SPANISH =
  'Hoy vamos a hablar de la economía del puerto y de los precios que pagan los barcos.'
const ENGLISH =
  'The harbour board met today and talked about the price of the new gate for the town.'

describe('identifyLanguage', () => {
  it.each([
    ['English', ENGLISH, null, 'en'],
    ['Spanish that is declared English', SPANISH, 'en-US', 'es'],
    ['a declared region', ENGLISH, 'en-GB', 'en'],
    ['too little to tell', 'Hm.', null, 'und'],
    ['too little, but declared', 'Hm.', 'de', 'de'],
    [
      'German',
      'Heute sprechen wir über den Hafen und darüber, was die Stadt dafür bezahlt hat.',
      null,
      'de',
    ],
    [
      'Japanese',
      '今日は東京の港について話します。新しい防波堤はとても高いです。市長が決めました。船も来ます。',
      null,
      'ja',
    ],
    ['the same sentence again and again', `${ENGLISH} `.repeat(50), null, 'en'],
  ])('tells %s', (_, text, declared, language) => {
    expect(identifyLanguage(text, declared)).toBe(language)
  })
})
