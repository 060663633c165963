import { buildCues } from './build-cues.ts'

/** Spanish. */
export const SPANISH_CUES = buildCues({
  fillers: 'eh ehm em mmm este',
  asides: 'o sea|digamos|bueno|pues|sabes|verdad',
  openers: 'y|pero|pues|bueno|entonces|así que|o sea|claro|sí|vale|mira|oye|además|la verdad',
  tags: '¿no|no|verdad|sabes|vale|eh',
  keep: 'no ni nunca jamás nadie nada sin puede pueden podría debe deben debería quizá quizás tal vez casi unos más menos muchos pocos algunos si salvo pero aunque porque cuando creo pienso parece',
  leaning:
    'él|ella|ellos|ellas|esto|eso|este|esta|estos|estas|ese|esa|aquello|ahí|allí|lo|la cual|que|porque|por eso|también|tampoco|sino|además|otro|otra',
  pronouns:
    'él ella ello ellos ellas esto eso aquello este esta estos estas ese esa esos esas le les lo',
  personal: 'yo me mi mí mío tú te ti tu usted ustedes nosotros nos nuestro nuestra vosotros',
  claim:
    'porque|por lo tanto|por eso|significa|el problema|la clave|lo más|el mejor|la mejor|más que|menos que|por ciento|millones|mil millones|aprendimos|demuestra|cuesta|debe|hay que|nunca|siempre',
  opinion:
    'creo que|pienso que|me parece|en mi opinión|a mi juicio|debería|deberían|el mejor|la mejor|el peor|me gusta|me encanta',
  forecast: 'será|serán|va a|van a|habrá|el próximo año|en los próximos años|en 20\\d\\d',
  report: 'según|dijo|dijeron|dice que|me contó|informó|anunció|he leído|el informe|el estudio',
  shift:
    'hablemos de|vamos a hablar|pasemos a|cambiando de tema|siguiente pregunta|otra pregunta|cuéntame|cuéntanos|volvamos a|por último|la última pregunta|qué opinas|bienvenidos',
  intro:
    'hoy (?:vamos a )?(?:hablamos|hablar|hablaremos|conversamos|tenemos|nos acompaña)|en este episodio|nuestro invitado|nuestra invitada|nos acompaña|esta semana',
  adCertain:
    'patrocinado por|patrocinador(?:es)? de|código (?:de )?(?:descuento|promocional)|usa el código|con el código|gracias a nuestro patrocinador',
  adStrong:
    '\\d+ ?(?:%|por ciento) de descuento|prueba gratis|gratis durante|punto com barra|visita .{0,30}(?:punto com|\\.com)|oferta especial|envío gratis',
  adFaint:
    'punto com|suscríbete|suscríbanse|déjanos una reseña|síguenos|patreon|en la descripción|enlace',
  notAds: 'creo que|me acuerdo|dijo que',
  selfNaming: '[Ss]oy|[Mm]e llamo|[Mm]i nombre es',
  naming: '[Gg]racias|[Bb]ienvenid[oa]|[Hh]ola',
})
