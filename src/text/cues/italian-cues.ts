import { buildCues } from './build-cues.ts'

/** Italian. */
export const ITALIAN_CUES = buildCues({
  fillers: 'ehm eh mmm uhm',
  asides: 'diciamo|sai|cioè|insomma|ecco|come dire',
  openers: 'e|ma|quindi|allora|beh|be|cioè|sì|ecco|insomma|guarda|infatti|poi|e poi|certo|dunque',
  tags: 'no|giusto|vero|capito|sai|ecco',
  keep: 'non né mai nessuno niente nulla senza può possono potrebbe deve devono dovrebbe forse probabilmente quasi circa più meno molti pochi alcuni se tranne ma anche benché perché quando credo penso sembra',
  leaning:
    'lui|lei|loro|esso|essa|questo|questa|questi|queste|quello|quella|quelli|quelle|ciò|lì|là|ci|ne|che|perché|per questo|anche|altrimenti|entrambi|altro|altra|il quale|la quale',
  pronouns:
    'lui lei loro esso essa questo questa questi queste quello quella quelli quelle ciò gli',
  personal: 'io me mi mio mia miei mie tu te ti tuo tua noi ci nostro nostra voi vi vostro',
  claim:
    'perché|quindi|per questo|significa|il problema|la ragione|la chiave|il migliore|la migliore|più di|meno di|per cento|milioni|miliardi|imparato|dimostra|costa|bisogna|mai|sempre',
  opinion:
    'credo che|penso che|secondo me|a mio parere|mi sembra|dovrebbe|dovrebbero|il migliore|il peggiore|purtroppo|mi piace',
  forecast: 'sarà|saranno|sta per|anno prossimo|nei prossimi anni|entro il 20\\d\\d',
  report: 'secondo|ha detto|hanno detto|mi ha detto|ha annunciato|ho letto|lo studio|il rapporto',
  shift:
    'parliamo di|passiamo a|cambiando argomento|prossima domanda|altra domanda|ultima domanda|raccontaci|torniamo a|per finire|cosa ne pensi|benvenuti',
  intro:
    'oggi (?:parliamo|parleremo|abbiamo|vi|è con noi)|in questo episodio|in questa puntata|il nostro ospite|la nostra ospite|questa settimana',
  adCertain:
    'sponsorizzato da|offerto da|codice sconto|codice promozionale|con il codice|il nostro sponsor|in collaborazione con',
  adStrong:
    '\\d+ ?(?:%|per cento) di sconto|prova gratuita|gratis per|punto com slash|punto it slash|spedizione gratuita|offerta speciale',
  adFaint:
    'punto com|punto it|iscriviti|iscrivetevi|lascia(?:te)? una recensione|seguiteci|patreon|in descrizione',
  notAds: 'credo che|penso che|mi ricordo',
  selfNaming: '[Ii]o sono|[Ss]ono|[Mm]i chiamo|[Ii]l mio nome è',
  naming: '[Gg]razie|[Bb]envenut[oa]|[Cc]iao|[Bb]uongiorno',
})
