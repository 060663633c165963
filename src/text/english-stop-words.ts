const LIST = `
a about above after again against ago all almost along already also although always am among an and
another any anybody anyhow anymore anyone anything anyway anyways anywhere are aren't around as at
away back bad basically be became because been before behind being below best better between big bit
both bunch but by came can can't cannot certainly come comes coming could could've couldn't cool
course day days definitely did didn't different do does doesn't doing don't done down each either
else enough especially etc even ever every everybody everyone everything everywhere exactly except
far feel feels felt few fine first for from front full gave get gets getting give given gives giving
go goes going gone gonna good got gotta gotten great guess guy guys had hadn't happen happened
happening happens hard has hasn't have haven't having he he'd he'll he's hear heard hello her here
here's hers herself hey hi high him himself his hmm how how's however huge huh i i'd i'll i'm i've if
in including indeed instead interesting into is isn't it it'd it'll it's its itself just keep kept
kind kinda knew know known knows large last later least left less let let's like liked likes line
little ll long look looked looking looks lot lots love made mainly make makes making many may maybe me
mean means meant might mine more most mostly move much must my myself near need needed needs never
new next nice no nobody none nope nor not nothing now nowhere number obviously of off often oh ok okay
old on once one one's ones only onto or other others otherwise ought our ours ourselves out over own
part particular past people people's perhaps person pick piece place point possible pretty probably
put quite rather re really right said same saw say saying says second see seeing seem seemed seems
seen set several shall she she'd she'll she's should should've shouldn't side since small so some
somebody somehow someone something sometimes somewhat somewhere soon sort start started starting
still stuff such super sure take taken takes taking talk talked talking tell than thank thanks that
that'd that'll that's thats the their theirs them themselves then there there'd there'll there's
therefore these they they'd they'll they're they've thing things think thinking third this those
though thought three through throughout thus time times to today together told tomorrow too took
top totally toward towards tried tries true truly try trying turn two uh uh-huh um under unless until
up upon us use used using usually ve very via wanna want wanted wants was wasn't way ways we we'd
we'll we're we've week weeks well went were weren't what what'll what's whatever when when's whenever
where where's wherever whether which while who who'd who'll who's whoever whole whose why will with
within without won't wonderful word words work worked working works would would've wouldn't wow yea
yeah year years yep yes yesterday yet you you'd you'll you're you've your yours yourself yourselves
absolutely actually actual ah ahead alright amazing apparently aw awesome completely dude everyday
exact fun fully gosh haha honestly literally mhm mm mm-hmm really seriously somewhat uhm whoa yup
's 't 'll 're 've 'd 'm
`

/** English words without a topic of their own, with the commonest words of talk. */
export const ENGLISH_STOP_WORDS: ReadonlySet<string> = new Set(LIST.trim().split(/\s+/))
