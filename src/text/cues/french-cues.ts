import { buildCues } from './build-cues.ts'

/** French. */
export const FRENCH_CUES = buildCues({
  fillers: 'euh heu hum hmm ben',
  asides: 'tu sais|vous savez|tu vois|vous voyez|disons|enfin|quoi|voilà',
  openers:
    'et|mais|donc|alors|bon|ben|oui|voilà|en fait|du coup|bah|écoute|écoutez|puis|et puis|bien sûr',
  tags: "hein|non|quoi|tu vois|vous voyez|n'est-ce pas|d'accord",
  keep: 'ne pas jamais personne rien sans aucun aucune peut peuvent pourrait doit doivent devrait peut-être probablement presque environ plus moins beaucoup peu certains si sauf mais bien que parce quand crois pense semble',
  leaning:
    "il|elle|ils|elles|cela|ça|c'est|ce|cet|cette|ces|celui|celle|ceux|celles|là|lui|leur|parce que|car|sinon|aussi|qui|que|dont|l'autre|les deux|donc",
  pronouns: 'il elle ils elles cela ça ceci celui celle ceux celles lui leur ce cet cette ces',
  personal: "je j'ai me moi mon ma mes tu te toi ton ta tes vous votre vos nous notre nos",
  claim:
    "parce que|donc|c'est pourquoi|cela signifie|ça veut dire|le problème|la raison|la clé|le plus|le meilleur|la meilleure|plus que|moins que|pour cent|millions|milliards|appris|montre|prouve|coûte|il faut|jamais|toujours",
  opinion:
    'je crois|je pense|je trouve|à mon avis|selon moi|il faudrait|devrait|devraient|le meilleur|le pire|malheureusement',
  forecast:
    "sera|seront|va être|vont|l'année prochaine|dans les prochaines années|d'ici 20\\d\\d|à l'avenir",
  report: "selon|d'après|a dit|ont dit|m'a dit|a annoncé|j'ai lu|l'étude|le rapport",
  shift:
    "parlons de|on va parler|passons à|changeons de sujet|question suivante|autre question|dernière question|racontez|raconte-nous|revenons|pour finir|qu'est-ce que vous pensez|bienvenue",
  intro:
    "aujourd'hui (?:on|nous|je)|dans cet épisode|mon invitée?|notre invitée?|cette semaine|je reçois|nous recevons",
  adCertain:
    'sponsorisé par|en partenariat avec|code promo|avec le code|notre sponsor|nos partenaires|vous est présenté par',
  adStrong:
    '\\d+ ?(?:%|pour cent) de (?:réduction|remise)|essai gratuit|gratuit pendant|point com slash|point fr slash|livraison gratuite|offre spéciale',
  adFaint:
    'point com|point fr|abonnez-vous|abonne-toi|laissez (?:un avis|une note)|suivez-nous|patreon|tipeee|dans la description',
  notAds: "je crois|je pense|je me souviens|il m'a dit",
  selfNaming: "[Jj]e suis|[Jj]e m['’]appelle|[Mm]on nom est",
  naming: '[Mm]erci|[Bb]ienvenue|[Bb]onjour|[Ss]alut',
})
