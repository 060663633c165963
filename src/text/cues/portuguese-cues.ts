import { buildCues } from './build-cues.ts'

/** Portuguese, of Portugal and of Brazil. */
export const PORTUGUESE_CUES = buildCues({
  fillers: 'hã ahn hum hmm eh',
  asides: 'sabe|quer dizer|digamos|tipo|né|pronto',
  openers: 'e|mas|então|bom|bem|pois|sim|olha|quer dizer|aí|e aí|claro|pronto|na verdade|tipo',
  tags: 'né|não é|sabe|certo|tá|entendeu',
  keep: 'não nem nunca jamais ninguém nada sem pode podem poderia deve devem deveria talvez provavelmente quase cerca mais menos muitos poucos alguns se exceto mas embora porque quando acho penso parece',
  leaning:
    'ele|ela|eles|elas|isso|isto|aquilo|este|esta|esse|essa|estes|esses|aí|ali|lá|que|porque|por isso|também|senão|outro|outra|ambos|o qual|a qual',
  pronouns: 'ele ela eles elas isso isto aquilo este esta esse essa lhe lhes',
  personal: 'eu me mim meu minha meus minhas tu te teu tua você vocês nós nos nosso nossa',
  claim:
    'porque|portanto|por isso|significa|o problema|a razão|a chave|o melhor|a melhor|mais do que|menos do que|por cento|milhões|bilhões|mil milhões|aprendi|mostra|prova|custa|é preciso|nunca|sempre',
  opinion:
    'acho que|penso que|acredito que|na minha opinião|deveria|deveriam|o melhor|o pior|infelizmente|gosto de',
  forecast: 'será|serão|vai ser|vão|no próximo ano|no ano que vem|nos próximos anos|até 20\\d\\d',
  report: 'segundo|de acordo com|disse|disseram|me contou|anunciou|eu li|o estudo|o relatório',
  shift:
    'vamos falar|falemos de|passando para|mudando de assunto|próxima pergunta|outra pergunta|última pergunta|conta para|conte para|voltando a|para terminar|o que você acha|bem-vindos',
  intro:
    'hoje (?:vamos|falamos|a gente|temos|recebemos|eu)|neste episódio|nosso convidado|nossa convidada|esta semana|essa semana',
  adCertain:
    'patrocinado por|patrocínio d|oferecimento|código promocional|cupom|com o código|nosso patrocinador|apoio de',
  adStrong:
    '\\d+ ?(?:%|por cento) de desconto|teste grátis|grátis por|ponto com barra|frete grátis|oferta especial',
  adFaint:
    'ponto com|inscreva-se|se inscreva|subscreve|deixe uma avaliação|siga-nos|nos siga|apoia-se|patreon|na descrição',
  notAds: 'acho que|eu lembro|ele disse',
  selfNaming: '[Ee]u sou|[Ss]ou [oa]|[Mm]eu nome é|[Mm]e chamo|[Cc]hamo-me',
  naming: '[Oo]brigad[oa]|[Bb]em-vind[oa]|[Oo]lá|[Oo]i',
})
