"""The closed classes of English words that the frame of a lone word is told by, normalised."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


INDEFINITE = _words(
    "a an another each every any some no one either neither two three four five six few many"
    " several more most less much enough both these those all which what"
)
DEFINITE = _words("the this that")
OWNERS = _words("my our your his her its their whose")
DETERMINERS = INDEFINITE | DEFINITE | OWNERS
PREPOSITIONS = _words(
    "in on at from with via using over by for into onto through under against without about of"
    " within between behind beyond across around inside outside since until toward towards than up"
    " out down back"
    " per versus vs after before like as because besides except off unlike atop near"
)
LOOSE = {"of": 0.5, "per": 0.0, "as": 0.4, "without": 0.7, "by": 0.8, "like": 0.8} | dict.fromkeys(
    ("off", "down", "up", "out", "back"), 0.5
)
"""Prepositions, and particles that stand like one, after which an ordinary noun is often bare."""
SUBJECTS = _words(
    "i we they you he she it who there everybody everyone people nobody ill ive youll"
)
BE = _words("is are was were be been being am isnt arent wasnt werent")
HAVE = _words("has have had hasnt havent hadnt having")
DO = _words("does did doesnt didnt do dont")
MODALS = _words(
    "can could will would shall should may might must cant couldnt wont wouldnt shouldnt cannot"
)
ASKING = _words(
    "how why when where who whether if because while and or but so since then though"
    " although unless until once as than think guess"
)
ADVERBS = _words(
    "just really still also never always not now only even actually maybe simply currently already"
    " ever rather again probably apparently suddenly basically instead soon often sometimes"
)
GREETINGS = _words("hi hello hey ok okay thanks well yes no yeah nope ugh oh hm sure right cool")
PLEASE = _words("please pls plz lets let dont gonna gotta wanna kindly to")
PARTICLES = _words("up out off away ahead down back over along through forward apart together on")
OBJECTS = _words("me him us them it you myself yourself itself themselves ourselves")
TOWARDS = _words(
    "migrate migrating migrated migration switch switching switched move moving moved port porting"
    " ported convert converting converted compile compiles compiled deploy deploying deployed push"
    " pushing pushed pushes upgrade upgrading upgraded compared relative similar prefer due add"
    " added adding connect connecting connected connection connects send sending sent sends post"
    " posting posted publish published write writes writing wrote written log logs logged talk"
    " talking talks talked speak speaking spoke listen listening belong belongs go went"
    " come comes rewrite rewriting rewrote transition equivalent alternative alternatives access"
    " attach attached export exporting exported exports upload uploading import sync syncing next"
    " close thanks thank reply replied said told explain explained give gave given show showed"
    " introduce introduced new married related link linked linking links sell sold drive driving"
    " drove return returned returning answer bring brought happened according transfer transferred"
    " point points pointing pointed respond mail email emailed message subscribe subscribed"
    " translate translating forward forwarded submit report reports reported apply tickets ticket"
)
CONTROLS = _words(
    "want wants wanted how going need needs needed try tries tried trying like love know have has"
    " had able used supposed time way where what when ready about order"
)
"""Words before a "to" that a verb follows."""
KINDS = _words(
    "project service language library framework tool app package module program software company"
    " character client customer cat dog team server database game matter case called named codename"
)
PERCEIVE = _words("let make makes made help helps watch see hear have dare go come")
ADDRESS = _words(
    "ask asks asked asking tell tells told telling call called email emailed mail mailed text"
    " texted wake woke remind reminded thank thanked invite invited message messaged ping pinged"
    " pay paid owe owes owed meet met promised"
)
"""Verbs whose object is somebody, and no stuff."""
USES = _words(
    "use uses used using run runs ran try tries tried need needs needed want wants wanted love"
    " loves like likes install installs installed learn support supports"
)
LOOKS = _words(
    "look looks looked feel feels felt seem seems seemed sound sounds sounded get gets got become"
    " becomes became taste tastes tasted smell smells smelled turn turns turned stay stays stayed"
    " remain remains remained go goes went"
)
