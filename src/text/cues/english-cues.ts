import type { CueList } from '../cue-list.ts'

const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/))
const NAME = String.raw`((?:\p{Lu}[\p{L}'’.-]+)(?: \p{Lu}[\p{L}'’.-]+){0,2})`

/** English. Weights of advertising were set by hand from how such passages are worded. */
export const ENGLISH_CUES: CueList = {
  fillers: words('um uh umm uhh uhm erm er ah hmm mm mmm mhm eh'),
  asides: ['you know', 'i mean', 'like', 'you see', 'okay', 'ok', 'yeah', 'right', 'well', 'so'],
  openers: [
    'and',
    'so',
    'well',
    'but',
    'now',
    'okay',
    'ok',
    'yeah',
    'yes',
    'right',
    'oh',
    'you know',
    'i mean',
    'like',
    'basically',
    'actually',
    'anyway',
    'again',
    'also',
    'alright',
    'all right',
    'sure',
    'exactly',
    'absolutely',
    'totally',
    'definitely',
    'of course',
    'i think that',
    'i would say',
    "i'd say",
    'you see',
    'look',
    'listen',
    'honestly',
    'then',
    'and then',
    'plus',
    'for sure',
    'i guess',
    'let me see',
    'gotcha',
    'got it',
    'cool',
    'great',
    'awesome',
    'nice',
  ],
  tags: ['right', 'you know', 'okay', 'ok', 'yeah', 'you know what i mean', 'so yeah', 'so'],
  keep: words(`no not never none nobody nothing neither nor without hardly barely n't cannot
    can could may might must shall should will would ought maybe perhaps probably possibly likely
    almost nearly about around roughly approximately some most many few more less fewer least
    if unless until except only than but although though however because while seems seem appears
    guess think believe suppose hope allegedly apparently reportedly kind sort`),
  leaning:
    /^(?:(?:and|but|so|well|because|yeah|or|which|then|now|like|okay|also) )*(?:he|she|it|they|this|that|these|those|him|her|them|his|its|it's|that's|he's|she's|they're|there|here|such|one|same|which|who|because|or|otherwise|instead|therefore|thus|either|both|yes|no|exactly|right|not|neither|another|the same|the other|the first|the second|not just|not only|not that|too|even though|at least|like)\b/,
  pronouns: words(`he she it they him her them his hers its their theirs it's he's she's they're
    they've he'd she'd they'd it'd it'll he'll she'll they'll this that these those that's`),
  personal: words(`i me my mine myself i'm i've i'd i'll you your yours yourself you're you've you'd
    you'll we us our ours we're we've we'd we'll`),
  claim:
    /\b(?:because|therefore|that's why|the reason|which means|means that|as a result|turns out|the problem|the point|the key|the biggest|the most|the best|the worst|important|in fact|however|instead of|rather than|more than|less than|compared|percent|per cent|million|billion|learned|realized|realised|found that|shows?|proves?|costs?|should|must|need to|always|never|only way|difference between)\b/,
  opinion:
    /\b(?:i think|i believe|i feel|i guess|i hope|i'd say|i would say|i love|i hate|i prefer|i like|in my (?:view|opinion|experience)|my (?:view|opinion|take)|personally|seems to me|should|ought to|the best|the worst|great|terrible|awful|beautiful|wonderful|amazing|favou?rite)\b/,
  forecast:
    /\b(?:will be|will have|is going to|are going to|won't|predict|forecast|by (?:the end of )?20\d\d|next (?:year|decade|month)|in the (?:next|coming) (?:few )?(?:years?|months?|decades?))\b/,
  report:
    /\b(?:according to|(?:he|she|they|who) (?:said|says|told|wrote|reported|claimed|argued|announced)|said that|told me|reportedly|was reported|i(?:'ve)? (?:read|heard)|the (?:report|study|paper|survey) (?:says|said|found|shows))\b/,
  shift:
    /\b(?:let's (?:talk about|move on|turn to|switch|get into|start with|go back|shift|jump|dive)|let us turn|next (?:question|topic|up|one|thing|item)|moving on|move on to|tell (?:me|us) (?:more )?about|talk(?:ing)? (?:a (?:little )?bit )?about your|speaking of|on (?:a|that) (?:different|another|related) (?:note|topic|subject)|another (?:question|thing|topic|one)|i (?:want|wanted|would like|'d like) to (?:ask|talk|get into|switch|go back|turn|move|touch)|i have a question|(?:first|second|third|last|final|my next) (?:question|topic)|question (?:from|comes from|is|number)|so (?:what|how|when|where|who|why|tell|let's)|what about|how about|what do you think (?:of|about)|changing (?:the )?(?:subject|topic|gears)|switch(?:ing)? gears|before we (?:go|wrap|finish|end)|welcome (?:back|to)|all right(?:,|\.)? so|by the way|did you (?:see|hear|read)|have you (?:seen|heard|read|ever))\b|^(?:so |and |but |well |now |okay |all right |yeah )*(?:let's|let us|let me (?:ask|give|tell|go))\b|\bi(?:'d| would) (?:love|like) to (?:ask|talk|chat|hear|know|mention|spend|explore|go)|i want to (?:ask|spend|say|unpack|underscore|talk|get|come back|go back|mention|touch)|^(?:so |and |but |well |now |okay )*you (?:mentioned|said|talked|have a history|wrote|write|touched|were talking|used the)|\b(?:do you have any|are there any|could you|can you|would you|how do you|how did you|what does your|what do you|what was it like|what is it about|when did you|when you look|if you look back|why do you)\b|\b(?:here's something|here is something|one of the things|on that note|on a very related note|so for people|i was just going to|i feel like i want to|i wanted to|for those who|for anybody|so we've been talking|in your book|i'm curious|i am curious|i'm wondering|i wonder)\b/,
  intro:
    /\b(?:(?:today|this week|this episode|in this episode|on this episode|this time|tonight)\b.{0,60}\b(?:we|i|i'm|we're|you'll|is|talk|discuss|explore|look|joined|dig|ask|about)|(?:my|our) guest|joining (?:me|us)|i'm joined|we're joined|is joined|(?:we're|we are|i'm) (?:going to (?:be )?)?(?:talk|speak|discuss|explor|look|chat|interview)|we (?:talk|speak|discuss|explore|sat down|interview)|i (?:talk|speak|spoke|sat down) (?:to|with)|welcome .{0,60} to (?:the|this) (?:show|podcast|program))/,
  ads: [
    {
      pattern:
        /\b(?:hit us up|email us|e-mail us|reach (?:us|out to us)|(?:questions|feedback|comments),? (?:or|and) (?:comments|questions|suggestions|feedback))\b/,
      weight: 2.2,
    },
    {
      pattern:
        /\b(?:brought to you by|is sponsored by|sponsored by|sponsor of (?:this|today's)|(?:today's|our|this (?:week's|episode's)) sponsors?|word from our|thanks to our (?:sponsors?|partners?)|support for (?:this|the) (?:show|podcast|episode)|made possible by|in partnership with|our (?:friends|partners) at)\b/,
      weight: 5,
    },
    {
      pattern:
        /\b(?:promo code|coupon code|offer code|discount code|use (?:the |my |our )?code|with (?:the )?code|at checkout|code [a-z]+ (?:at|for|to)|enter (?:the )?code)\b/,
      weight: 5,
    },
    {
      pattern:
        /\b(?:\d+|ten|fifteen|twenty|thirty|forty|fifty) ?(?:%|percent|per cent|dollars|bucks) (?:off|discount)\b/,
      weight: 4.5,
    },
    {
      pattern:
        /\b(?:free trial|money[- ]back guarantee|risk[- ]free|free shipping|no credit card|cancel any ?time|limited time offer|special offer|exclusive (?:offer|discount|deal)|first month free|\d+ days? free|free for \d+)\b/,
      weight: 4,
    },
    {
      pattern: /\b(?:dot com|\.com|dot org|dot io|dot co|dot net) ?(?:slash|forward slash|\/)/,
      weight: 3.4,
    },
    {
      pattern:
        /\b(?:go to|visit|head (?:over )?to|check (?:them|it|us) out at|sign up at|learn more at|get started at|find (?:out more|them) at)\b.{0,40}\b(?:dot (?:com|org|io|co|net|fm|dev)|\.(?:com|org|io|co|net|fm|dev))\b/,
      weight: 3.2,
    },
    {
      pattern:
        /\b(?:we'll be|we will be|be) right back\b|\bafter (?:this|the|a (?:short|quick)) (?:break|message)\b|\bquick break\b|\btake a (?:short |quick )?break\b/,
      weight: 2.8,
    },
    { pattern: /\b(?:dot com|dot org|dot io|\w\.(?:com|io|fm|dev|org))\b/, weight: 1.8 },
    {
      pattern:
        /\b(?:subscribe (?:to|on|wherever)|hit (?:the )?subscribe|leave (?:us )?(?:a|your) (?:review|rating)|rate and review|five[- ]star|wherever you (?:get|listen)|apple podcasts?|sign up for (?:our|the) (?:newsletter|mailing)|follow us on|join (?:our|the) (?:slack|discord|community|newsletter|patreon)|patreon|buy (?:our|the) merch)\b/,
      weight: 2.6,
    },
    { pattern: /\b(?:sponsors?|sponsorship|sponsoring)\b/, weight: 1.6 },
    {
      pattern:
        /\b(?:link(?:s)? (?:is |are )?in the (?:show ?notes|description)|in the show notes|tell (?:them|'em) (?:we|i) sent you|that's [a-z](?:[- ][a-z]){3,}|again,? that's)\b/,
      weight: 1.8,
    },
    {
      pattern:
        /\b(?:sign up (?:today|now|for free)|get started (?:today|for free)|try it (?:today|for free|free)|download the (?:free )?app|available (?:now|at|in) (?:stores?|amazon)|order (?:now|today|yours)|save (?:up to|money)|for listeners of|listeners (?:get|of (?:this|the) show)|new customers|exclusively for)\b/,
      weight: 2.4,
    },
    {
      pattern:
        /\b(?:produced by|edited by|our (?:producer|editor|theme music|music)|theme (?:music|song)|executive producer|mixed by|engineered by|special thanks|thanks for listening|thank you for listening|see you next (?:week|time)|until next (?:week|time)|production of)\b/,
      weight: 2.2,
    },
    {
      pattern:
        /\b(?:ingredients|delicious|mattress|subscription|snacks?|meal kit|vpn|website builder|hosting|life insurance|razors?|therapist|underwear|vitamins?|hiring|recruit\w*|all[- ]in[- ]one|easy[- ]to[- ]use|24\/7|award[- ]winning|thousands of|trusted by|powered by)\b/,
      weight: 0.7,
    },
  ],
  notAds: [
    { pattern: /\?\s*$/, weight: 0.6 },
    {
      pattern: /\b(?:i think|yeah|you know|i mean|i guess|i remember|he said|she said)\b/,
      weight: 0.9,
    },
  ],
  selfNaming: new RegExp(
    String.raw`\b(?:[Mm]y name is|[Mm]y name's|I am|I'm|I’m|[Tt]his is) ${NAME}`,
    'gu',
  ),
  naming: new RegExp(
    String.raw`\b(?:[Tt]hanks|[Tt]hank you|[Ww]elcome|[Hh]i|[Hh]ey|[Hh]ello|[Gg]ood morning|[Ww]elcome back),? (?:so much,? |very much,? |to the show,? |back,? )?${NAME}`,
    'gu',
  ),
}
