import { buildCues } from './build-cues.ts'

/** German. */
export const GERMAN_CUES = buildCues({
  fillers: 'äh ähm öh hm hmm mhm',
  asides: 'sag ich mal|sagen wir mal|weißt du|wissen sie|also|ne|halt',
  openers: 'und|aber|also|ja|nein|gut|okay|genau|naja|na ja|tja|dann|und dann|so|klar|sozusagen',
  tags: 'oder|ne|nicht wahr|gell|weißt du|ja',
  keep: 'nicht kein keine keinen keiner nie niemals niemand nichts ohne kann können könnte muss müssen darf soll sollte würde vielleicht wahrscheinlich wohl fast etwa ungefähr rund mehr weniger viele wenige einige wenn falls außer aber obwohl weil glaube denke meine scheint',
  leaning:
    'er|sie|es|das ist|das war|dies|diese|dieser|dieses|jene|denen|dessen|deren|ihm|ihr|ihn|da|dort|damit|dafür|dagegen|deshalb|deswegen|darum|davon|weil|denn|sonst|sondern|auch|beide|andere',
  pronouns: 'er sie es ihm ihr ihn ihnen dies jene',
  personal:
    'ich mich mir mein meine meinen du dich dir dein deine wir uns unser unsere euch euer Sie Ihnen',
  claim:
    'weil|deshalb|deswegen|das bedeutet|das heißt|das Problem|der Grund|am meisten|der beste|die beste|mehr als|weniger als|prozent|millionen|milliarden|gelernt|zeigt|beweist|kostet|muss|nie|immer',
  opinion:
    'ich glaube|ich denke|ich finde|meiner meinung nach|meines erachtens|sollte|sollten|am besten|das beste|leider',
  forecast: 'wird|werden wir|nächstes jahr|in den nächsten jahren|in zukunft|bis 20\\d\\d',
  report:
    'laut|sagte|sagten|berichtete|hat gesagt|erzählte|ich habe gelesen|die studie|der bericht',
  shift:
    'lass uns|lassen sie uns|kommen wir zu|sprechen wir über|reden wir über|nächste frage|nächstes thema|anderes thema|erzähl mal|erzählen sie|zum schluss|letzte frage|was hältst du|willkommen',
  intro:
    'heute (?:sprechen|reden|geht es|habe ich|haben wir|ist)|in dieser folge|mein gast|unser gast|zu gast|diese woche',
  adCertain:
    'gesponsert von|wird unterstützt von|präsentiert von|unser sponsor|rabattcode|gutscheincode|mit dem code|werbung in eigener sache|unser werbepartner',
  adStrong:
    '\\d+ ?(?:%|prozent) rabatt|kostenlos testen|gratis testen|punkt de slash|punkt com slash|versandkostenfrei|nur für kurze zeit',
  adFaint:
    'punkt de|punkt com|abonniert|abonnieren|bewertung|folgt uns|patreon|in den shownotes|link in der beschreibung',
  notAds: 'ich glaube|ich denke|weißt du',
  selfNaming: '[Ii]ch bin|[Mm]ein Name ist|[Ii]ch heiße',
  naming: '[Dd]anke|[Vv]ielen Dank|[Ww]illkommen|[Hh]allo|[Hh]i',
})
