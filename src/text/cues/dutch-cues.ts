import { buildCues } from './build-cues.ts'

/** Dutch. */
export const DUTCH_CUES = buildCues({
  fillers: 'eh ehm uh uhm hm',
  asides: 'weet je|zeg maar|zal ik maar zeggen|nou|eigenlijk|hè',
  openers: 'en|maar|dus|nou|ja|nee|oké|goed|kijk|eigenlijk|dan|en dan|precies|zeker|want',
  tags: 'toch|hè|weet je|oké|snap je|niet waar',
  keep: 'niet geen nooit niemand niets zonder kan kunnen zou zouden moet moeten mag misschien waarschijnlijk bijna ongeveer meer minder veel weinig sommige als tenzij behalve maar hoewel omdat denk geloof vind lijkt',
  leaning:
    'hij|zij|ze|het is|het was|dit|dat|deze|die|hem|haar|hun|daar|er|daarom|daarmee|daarvoor|omdat|want|anders|ook|beide|ander|andere|wie|welke',
  pronouns: 'hij zij ze dit dat deze die hem haar hun hen',
  personal: 'ik me mij mijn jij je jou jouw u uw wij we ons onze jullie',
  claim:
    'omdat|daarom|dus|dat betekent|het probleem|de reden|de sleutel|het meest|de beste|het beste|meer dan|minder dan|procent|miljoen|miljard|geleerd|laat zien|bewijst|kost|moet|nooit|altijd',
  opinion:
    'ik denk|ik vind|ik geloof|volgens mij|naar mijn mening|zou moeten|zouden moeten|het beste|het slechtste|helaas',
  forecast: 'zal|zullen|gaat worden|volgend jaar|de komende jaren|in de toekomst|tegen 20\\d\\d',
  report: 'volgens|zei|zeiden|heeft gezegd|vertelde|ik las|het onderzoek|het rapport',
  shift:
    'laten we|we gaan het hebben|volgende vraag|volgende onderwerp|ander onderwerp|vertel eens|terug naar|tot slot|laatste vraag|wat vind je van|welkom',
  intro:
    'vandaag (?:praten|spreken|hebben|gaat|ga)|in deze aflevering|mijn gast|onze gast|te gast|deze week',
  adCertain:
    'gesponsord door|mogelijk gemaakt door|kortingscode|met de code|onze sponsor|in samenwerking met',
  adStrong:
    '\\d+ ?(?:%|procent) korting|gratis proberen|gratis uitproberen|punt nl slash|punt com slash|gratis verzending|speciale aanbieding',
  adFaint:
    'punt nl|punt com|abonneer|laat een (?:recensie|review)|volg ons|patreon|vriend van de show|in de shownotes|in de beschrijving',
  notAds: 'ik denk|ik geloof|weet je',
  selfNaming: '[Ii]k ben|[Mm]ijn naam is|[Ii]k heet',
  naming: '[Bb]edankt|[Dd]ank je|[Dd]ank je wel|[Ww]elkom|[Hh]allo|[Hh]oi',
})
