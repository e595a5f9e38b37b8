"""English: the words by which layout, dates, numbers and speech are recognised.

Only what belongs to the language or to the habits of its pages stands here. What belongs to
human rights (types, rights, mechanisms, kinds of body) stands in the ontology's lexicon.
"""

from __future__ import annotations


def word_list(text: str) -> tuple[str, ...]:
    """The words of a text, in order."""
    return tuple(text.split())


def word_set(text: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(text.split())


FUNCTION_WORDS = word_set(
    "a an the this that these those its their his her our your of in on at by to for from with without "
    "within about into onto over under after before between among against through during until towards "
    "toward upon and or but nor as if than then when while where who whom whose which what how why so "
    "because although since is are was were be been being has have had will would can could may might "
    "must should shall do does did not no it he she they we you i me him them us also both all any some "
    "each every more most such other another there here follow"
)
"""Words that pages glue to their neighbours."""
PREFIXES = word_set(
    "a an be by do for he in it me no not of on or out over she so that under up us we with within"
)
"""Function words that also begin longer words: no sign of glue there."""
OPENERS = word_set(
    "A An The This That These Those In On At As By For From With After Before While When Since During "
    "Although If It He She They We You I And But Or So Our Their His Her Its There Here One Two "
    "Following According Founded"
)
"""Words that begin sentences."""

DIRECTIONS = word_set(
    "north south east west northern southern eastern western central northeastern northwestern "
    "southeastern southwestern northeast northwest southeast southwest north-eastern north-western "
    "south-eastern south-western upper lower mainland"
)
"""Words that cut a part out of a country."""

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
          "november", "december")  # fmt: skip
ABSTRACT_ENDINGS = ("tion", "sion", "ment", "ness", "ity", "ance", "ence", "ism", "cy", "ure")
"""Endings of nouns for what nobody is; 'ing' is one where doers are asked for: 'a being' can suffer."""
SIMULTANEOUS = frozenset({"when", "as"})
"""Words before a clause that tells when the main clause happened."""
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30,
    "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}

UNCOUNTED = word_set(
    "year month week day hour minute second decade century age night percent percentage cent per point "
    "dollar euro pound rupee rouble ruble franc yen yuan peso dinar naira shilling manat krona kronor "
    "lira riyal dirham ringgit metre meter kilometre kilometer mile km kilo kilogram ton tonne litre "
    "hectare acre degree article section paragraph chapter page rule clause grade number no. session "
    "cycle round part phase stage time o'clock am pm"
)
"""Nouns whose number measures or labels, and counts no cases."""

HONORIFICS = word_list(
    "Mr Mrs Ms Miss Mx Dr Prof Professor Sir Dame Lord Lady Madam Madame Mme M. Sheikh Sheikha Shaykh "
    "Imam Mufti Father Fr Rev Reverend Bishop Archbishop Cardinal Pastor Sister Brother Rabbi Ayatollah "
    "King Queen Prince Princess Emir Sultan Judge Justice Magistrate Captain Capt Colonel Col General "
    "Gen Brigadier Brig Major Maj Lieutenant Lt Sergeant Sgt Inspector Superintendent Commander Admiral "
    "Marshal Senator Sen Rep Congressman Congresswoman Governor Gov Mayor Hon Comrade Advocate Attorney "
    "Adv Ambassador Engineer Eng Ven Blogger Journalist"
)
"""Words before a person's name that are no part of it."""
POSTS = word_list(
    "President Vice-President Premier Chancellor Minister Secretary Spokesman Spokeswoman Spokesperson "
    "Director Chairman Chairwoman Chairperson Chair Chief Commissioner Rapporteur Chancellor Dictator "
    "Leader Speaker Prosecutor Ombudsman Editor Correspondent Reporter Lawyer Activist Opposition "
    "Coordinator Researcher Officer Head Founder Co-founder Deputy Vice Senior Former Prime Foreign "
    "Interior Defence Defense Attorney-General Undersecretary Delegate Envoy"
)
"""Words of posts that stand before a person's name."""
PARTICLES = word_set(
    "al el ul ur bin ibn bint ben abu abd ould ait de del della di da dos das do du des la le van von "
    "der den ter ten zu y e st st. af av bar ap O’ binti ag wa"
)
"""Small words inside names of persons."""

BOILERPLATE = (
    r"get in touch with|read (?:more|also|the full|our|next|the detail)|see also\b|see (?:the |our "
    r")?latest|"
    r"follow (?:us|the latest|@)|follow\b.{0,80}\bon (?:twitter|facebook|x|instagram|linkedin)\b|like "
    r"us on|click here|"
    r"for (?:more|further) information|for (?:further )?(?:media|press) (?:enquir|inquir|contact|quer)|"
    r"(?:media|press) contacts?\b|contacts?:|to get involved|subscribe\b|sign up\b|share (?:this|on)|"
    r"photo\s*(?:credits?|by)?\s*:|"
    r"file photo|images?\s*(?:source|credits?)?\s*:|also read|related (?:stories|articles?|content|"
    r"links|news)|"
    r"you may also like|more (?:from|by) |advertis(?:ement|ing)\b|take the survey|donate\b|support "
    r"us\b|copyright\b|©|"
    r"all rights reserved|tags?\s*:|categor(?:y|ies)\s*:|filed under|with (?:files|reporting) from|"
    r"reporting by|editing by|"
    r"\(?(?:additional )?reporting by|credit\s*:|\(visited \d|published in\b|(?:this (?:article|report|"
    r"story|statement|post)"
    r" (?:was )?)?(?:originally|first) (?:published|appeared)|like this:|loading|newsletter|"
    r"download\b.{0,40}\b(?:pdf|report|"
    r"here)|https?://\S+$|www\.\S+$|\[\d+\]:|\S+@\S+\.\S+$|tel(?:ephone)?\s*[:.]|phone\s*:|fax\s*:|"
    r"e-?mail\s*:|website\s*:|"
    r"follow:|skip to|menu$|home$|search$|back to top|cookie|\(?(?:getty images|afp|ap photo|reuters|"
    r"ap)\)?$|read: "
)
"""How page furniture begins."""
ITSELF = (
    r"(?:the )?undersigned\b.*|"
    r"(?:(?:the|our|these|all) )?(?:(?:joint(?:ly)?|co-?)?\W?(?:submitting|undersigned|signing|signatory|"
    r"authoring|co-?signing|reporting) )(?:civil society |human rights )?(?:organi[sz]ations?|ngos?|csos?|"
    r"groups?|parties|coalition|associations?|networks?|authors?)|"
    r"(?:the|our|these) (?:signator(?:y|ies)|co-?signator(?:y|ies)|authors?(?: of this \w+)?)|"
    r"(?:this|the present|our) (?:joint |written |oral |stakeholder |shadow |alternative )*"
    r"(?:submission|report|statement|letter|paper|brief(?:ing)?|contribution|appeal|declaration)"
)
"""How a text or those who wrote it name themselves."""
JOINTLY = (
    r"\bjoint(?:ly)?\b|\bsubmi(?:tted|ssion) by\b|\b(?:submitting|co-?sponsoring|sponsoring|signatory) "
    r"organi|\bco-?(?:sponsored|signed|submitted) by\b|\bon behalf of\b|^submitted by\b"
)
"""How the head of a text says that several deliver it, or lists those who do."""
MADE_BY = (
    r"\b(?:this|the present) (?:[\w-]+ ){0,3}?(?:submission|statement|report|contribution|brief|letter|"
    r"appeal|declaration|document|paper) (?:is|was|has been) (?:[\w-]+ ){0,3}?(?:submi(?:tted|ssion)|"
    r"prepared|drafted|written|made|delivered|issued|presented|compiled|signed|endorsed|co-?sponsored|supported|contribution|"
    r"statement|report)(?: \w+)? (?:by|of|on behalf of)(?: the following \w+)?[ :]"
)
"""'This submission was prepared by X and Y'."""
JOINS = (
    r"\b(?:joined|joins|together with|along ?with|alongside|(?:coalition|group|alliance) of (?:\w+ ){0,4}?"
    r"(?:organi[sz]ations|groups|ngos))\b|"
    r"(?<=submission )(?:by|from)\b"
)
"""How a sentence tells with whom a submission is made."""
DOCUMENTS = r"\b(?:submi(?:t\w*|ssion)|statement|letter|contribution|appeal|declaration)\b"
"""What several make together."""
PRESENTS = r"(?:\d+(?:\.\d+)*\.?\s+)?(?:in this (?:[\w-]+ ){0,2}\w+, )?(?:the )?"
"""How a sentence begins in which those who submit say so."""
SUMS_UP = (
    r"\b(?:summary|compilation) of (?:the )?(?:other )?(?:stakeholders?\W*|information|submissions?|"
    r"contributions?)"
)
"""How a text says that it only tells what others submitted."""
PHOTO_CREDIT = (
    r"[(\[](?:[^()\[\]]*\b(?:photos?|picture|image|getty|afp|reuters|file|courtesy|screenshot|"
    r"screengrab|ap)\b[^()\[\]]*)"
    r"[)\]]\s*$|\bphoto(?:graph)?\s*(?:by|credit)?\s*:|\bREUTERS/|\b(?:AFP|AP|Getty)\b[^.]{0,40}$"
)
"""What ends a caption."""
META = (
    r"(?P<key>title|headline|source|original source|publisher|published by|site|author|by|date|"
    r"published|url|link|language|tags|category|categories|type|document type|from|to|cc|bcc|sent|"
    r"importance|attachments?)"
)
"""Keys of front matter, as in 'Source: ...'."""
STATED = (
    r"[*_]*(?:(?:civic space |current |overall )*(?:rating|status)|speakers?|text|words|photos?|"
    r"pictures?)[*_]*\s*:|(?:last |latest )?(?:updated?|modified|reviewed)(?: on| at|:)|reading time\b|"
    r"\d+ min(?:ute)?s?(?: to)? read\b"
)
"""How lines above a headline begin that tell a page's standing, its makers or its length."""
LABELS = (
    r"\W*(?:for immediate release|(?:under )?embargo(?:ed)?\b.{0,60}|(?:(?:joint|public|oral|written|"
    r"stakeholders?[’']?|ngo|official|open|urgent|final|draft|latest|our|all) )*(?:(?:press|media|news) "
    r"(?:releases?|statements?|"
    r"advisory|briefing|note|service|cent(?:re|er))|statements?|letters?|submissions?|communiqu[eé]s?|"
    r"reports?|declarations?|appeals?|actions?|interviews?|news|opinions?|updates?|alerts?|transcripts?|"
    r"briefings?(?: (?:note|paper)s?)?|translation|unofficial translation|blog|special procedures|"
    r"texts? adopted|resolutions?|publications?|advance (?:un)?edited version|fact ?sheets?|"
    r"testimon(?:y|ies)|commentary|features?|events of|summary|"
    r"(?:urgent )?(?:action|appeal)s?))\W*(?:\d{1,4}\W*)?"
)
"""Lines above a title that only tell what kind of document follows."""
SMALL_WORDS = word_set(
    "of for the and to on in at by from with without against an a or as de du des del la las los el le les "
    "y e et da do dos das &"
)
"""Words that names and headlines write small."""
SERIES = (
    r"(?:(?:the|our) )?(?:annual|world|global|country|regional|yearly|state of the world) "
    r"(?:report|review|survey|index|yearbook)s?(?: on .{3,60})?[ ,:–-]*(?:\d{4}(?:[/–-]\d{2,4})?)?"
)
"""Yearly works whose name stands above their chapters."""
REFERENCE_KEYS = (
    r"\b(?:index|ref(?:erence)?|case|no|nr|number|first|further|ua|date|doc(?:ument)?|symbol|original|"
    r"january|february|march|april|may|june|july|august|september|october|november|december)\b"
)
"""Words beside the number of a document."""
ADDRESS = (
    r"^(?:\d+[a-z]?|[\w. ’'-]{3,30}? \d+[a-z]?),? .{0,40}\b(?:street|st\.?|road|rd\.?|avenue|ave\.?|lane|"
    r"boulevard|floor|square|building|house)\b|\bp\.? ?o\.? box\b|^(?:private (?:mail )?bag|p/bag)\b|"
    r"^(?:tel|phone|fax|e-?mail|web)\b\W|"
    r"\S@\S+\.\w+|\bwww\.\w"
)
"""Addresses in letterheads."""
DELIVERED = (
    r"(?:(?:this|the|an?|joint|oral|written|jointly|first|originally|statement|submission|speech|text|"
    r"resolution|decision) )*(?:delivered|submitted|issued|posted|published|prepared|presented|interviewed|"
    r"interview (?:by|with)|conducted|recorded|adopted|as told|told|read|made|signed|transmitted)\b"
    r"(?: (?:by|on|to|in|for|at|jointly|today)\b|\s*:|\s+\d)"
)
"""How a line begins that tells by whom, when or to whom something was said."""

ANNOUNCES_SIGNATURES = (
    r"\b(?:signed|signatur|signator(?:y|ies)|co-?sign|endors|undersigned|sponsoring organi|supporting "
    r"organi|co-?sponsor)|"
    r"^(?:the |list of )*(?:participating|submitting|co-?submitting|contributing|authoring|partner|member) "
    r"organi[sz]ations\b|\b(?:made|prepared|authored|written|presented) (?:\w+ )?by\b.{0,60}:$|"
    r"\b(?:on behalf of|supported by|submitted by|delivered by|issued by|statement by|joined by)\b.{0,60}:$"
)
"""What introduces a list of those who sign."""
CLOSES_LETTER = (
    r"(?:yours (?:sincerely|faithfully|truly)|sincerely|respectfully|(?:with )?(?:kind|"
    r"best|warm) regards|with (?:kind|best|warm|much)? ?(?:regards|wishes|respect)|"
    r"in solidarity|faithfully)\b"
)
HEARS = (
    r"(?:[Ii]nterviewed|[Ii]nterview(?: conducted)?|[Cc]onducted|[Rr]ecorded|[Cc]ollected|"
    r"[Tt]estimony (?:taken|"
    r"collected))(?: in [A-Z]\w+)? by|[Tt]old to|\btold (?:his|her|their) (?:story|account) to|\btells"
)
"""What stands before the name of who takes an interview or testimony."""
VOICES = (
    r"welcomes?|urges?|calls? (?:up)?on|condemns?|deplores?|demands?|regrets?|denounces?|is (?:\w+ly )?"
    r"(?:concerned|alarmed|appalled|outraged)|(?:strongly|deeply) \w+|expresses|requests? your|"
    r"has documented"
)
"""What an organisation does in a statement of its own."""
TESTIFIES = r"(?:[Tt]old to\b.{0,60}? by|[Tt]estimony (?:of|by)|[Mm]y name is|\bI am(?= [A-Z][\w’'-]+ [A-Z]))"
"""What stands before the name of a witness."""
TOPIC = (
    r"(?:\W|(?:Finally|Lastly|Secondly|Thirdly|Also|Similarly|Further|Furthermore|However|Again)\b)*"
    r"(?:Regarding|Concerning|With (?:respect|regard|reference) to|As (?:for|to|regards)|In relation to|"
    r"On the (?:\w+ )?(?:issue|question|matter|subject|topic|point)s? (?:of|about|regarding)|"
    r"Turning to|Asked about|In (?:response|reply|answer) to|(?:Respond|Reply|Answer)ing (?:\w+ )?to)\b"
)
"""How a sentence begins that takes up a subject: 'Regarding the arrests, ...'."""
OWN_OPINION = (
    r"^(?:op-?ed|opinion|commentary|guest (?:post|column|essay))\b|\bviews? (?:and opinions? )?expressed\b|"
    r"\bthe author[’']s own\b|\bopinions? (?:are|is) (?:solely )?(?:those of|the author)"
)
"""What tells that an author speaks for himself."""

SPEAKS = (
    r"\b(?:speaks?|spoke|talks?|talked|discuss(?:es|ed)?|interview(?:s|ed)?|chats?|chatted|sits? down|"
    r"sat down|"
    r"in conversation|conversation|interview|asks?|asked|joined(?= by)|tells?)\b"
)
"""Verbs of an interview's byline."""
REQUESTS = (
    r"(?:tell (?:us|me)|describe|explain|please|could you|can you|would you|talk (?:us|about)|"
    r"what about|how about)\b"
)
"""How questions begin that have no question mark."""
