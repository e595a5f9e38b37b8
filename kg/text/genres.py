"""The genre of an item, by structure first and wording second."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.model import BlockKind
from kg.text.heads import PIECES, title_of
from kg.text.interviews import interviewee, witness

if TYPE_CHECKING:
    from collections.abc import Sequence

_QUOTED = re.compile(r"“[^”]*”|‘[^’]{20,}’(?!\w)|\"[^\"]*\"|^[“\"‘].*")
_LETTER = re.compile(r"^To\s*:\s+\S|^(?:Dear|Your Excellency|"
                     r"Excellenc(?:y|ies)|To (?:the )?(?:President|Prime "
    r"Minister|Minister))\b[^.]{0,90}[,:]?$|"
                     r"\b(?:open|joint|following is an?) letter\b", re.IGNORECASE)  # fmt: skip
_LETTER_TITLE = re.compile(r"\b(?:open |joint )?letter\b", re.IGNORECASE)
_PRESS = re.compile(r"^\W*(?:(?:joint )?press releases?|media release|news release|for immediate release|"
    r"(?:this|the) (?:press|media|news) release\b|issued by the (?:registrar|press)|"
    r"for (?:more |further )?(?:information )?(?:and )?(?:media|press) (?:requests?|enquir\w+|"
    r"inquir\w+|quer\w+)|"
    r"notes? (?:to|for) (?:the )?editors?|"
                    r"(?:media|press) contacts?)\b", re.IGNORECASE)  # fmt: skip
_SUBMISSION = re.compile(
    r"^(?!.*\bsummar).*(?:\bsubmission\b|\b(?:shadow|stakeholders?[’']?|alternative|parallel) report\b|"
    r"\b(?:joint|stakeholders?[’']?|ngo|written) contribution\b|\bcontribution to the (?:UPR|universal)\b)",
    re.IGNORECASE,
)
_SUBMITS = re.compile(
    r"\W*(?:(?:joint|stakeholders?[’']?|ngo|written|individual) )+(?:submission|contribution)"
    r"(?: (?:of|by|from))?\W*|\W*submission (?:by|from)\W*",
    re.IGNORECASE,
)
"""A line of a head that says 'joint stakeholder submission' and no more."""
_ISSUED = re.compile(r"\W*(?:jointly )?(?:submitted|issued|released)(?: jointly)? by [A-Z]", re.IGNORECASE)
"""How the foot of a text that tells news says that it is a release."""
_INTERVENES = re.compile(r"\b(?:amicus curiae|amici curiae|third[- ]party intervention)\b", re.IGNORECASE)
_OUR_SUBMISSION = re.compile(r"\b(?:this|the present|joint) submission\b", re.IGNORECASE)
_RESOLUTION = re.compile(r"^(?:(?:[A-Z]|\d+)\.\s+)?(?:[Hh]aving regard|[Ww]hereas|Strongly|Calls on|"
    r"Considering|Deploring|Instructs|Recalling|Reaffirming|Noting|Deeply concerned|Welcoming|Decides|"
    r"Requests|Urges|Calls upon|Recognizing|"
                         r"Bearing in mind|Guided by|Condemns|Stressing|Emphasizing|"
                         r"Expressing)\b")  # fmt: skip
_STATEMENT_TITLE = re.compile(
    r"\b(?:statement|remarks|response to|intervention|declaration|interactive dialogue)\b", re.IGNORECASE
)
_STATES = re.compile(r"\W*(?:(?:press|media|public|joint|oral|official) )+statement\W*", re.IGNORECASE)
"""A line of a head that says 'press statement' and no more."""
_REPORT_TITLE = re.compile(r"\b(?:report|index|yearbook|in the world|(?:annual|year in|mid-term) "
    r"review|summary|briefing|overview|(?:fact)?sheet|assessment|white paper|bulletin|"
    r"concluding observations|views adopted|general comment|"
                           r"under attack)\b", re.IGNORECASE)  # fmt: skip
_REPORT_LINE = re.compile(
    r"\W*(?:(?:an?|the|joint|annual|special|interim|final|country|world|thematic|mid-?term|alternative|"
    r"\d{4}) )*"
    r"(?:report|yearbook|survey|review)(?: \d{4})?(?: (?:of|by|on|from)\b|\W*$)",
    re.IGNORECASE,
)
_THIS_REPORT = re.compile(
    r"(?:This|The present) (?:report|study|survey|paper|review) (?:\w+ )?(?:looks|documents?|examines?|"
    r"covers?|describes?|shows?|is based|draws|sets out|analyses|analyzes|deals|contains|summari[sz]es)\b"
)
_REPORTS_NEWS = re.compile(
    r"^(?:report|summary|overview|review)\s*:\s|"
    r"\b(?:after|over|amid|despite|following|in) (?:[\w’'-]+ ){0,3}report$|"
    r"\b(?:releases?|launch(?:es)?|adopts?|publish(?:es)?|presents?|say[s]?|accord|according)\b",
    re.IGNORECASE,
)
_WE = re.compile(
    r"\b[Ww]e,? (?:\w+ly |also |further |again |therefore |are |remain |equally |strongly |the "
    r")*(?:urge|call|welcome|concerned|condemn|"
    r"regret|deplore|ask|appeal|reiterate|disappointed|thank|echo|share|note|alarmed|shocked|"
    r"appreciate|support|demand|recommend|undersigned)\b"
)
_CHAIR = re.compile(r"\b(?:Mr|Madam|Mister)\.? (?:President|Chair(?:person)?|Vice-President)\b")
_OFFICER = (
    r"\b(?:said|says|added|stated|stressed|noted|explained)\b[^.]{{3,140}}?(?:of|for|at|with|,) "
    r"(?:the )?{0}\b|{0}[’']s? [^.]{{3,80}}\b(?:said|says)\b"
)
_VOICE = (
    r"\b{0}(?: \([^)]*\))?,? (?:today |also |further |again )*(?:welcomes?|urges?|calls? "
    r"(?:up)?on|condemns?|deplores?|demands?|is (?:\w+ly )?(?:concerned|alarmed|appalled)|maintains? its c"
    r"all|regrets)\b"
)
_LONG = 12
_HEAD = 3


def genre(kinds: Sequence[BlockKind], words: Sequence[str], title: str, publisher: str) -> str:
    """statement, interview, press-release, news, report, resolution, submission or letter."""
    return _by_structure(kinds, words, title) or _by_voice(kinds, words, title, publisher)


def is_press(words: str) -> bool:
    """True for a line that only press releases bear: 'For immediate release', 'Media contact'."""
    return _PRESS.match(words) is not None


def _by_structure(kinds: Sequence[BlockKind], words: Sequence[str], title: str) -> str | None:
    """The genre that layout and set phrases tell."""
    letter = _LETTER_TITLE.search(title) or any(_LETTER.search(w) for w in words[1 : 2 * _HEAD + 1])
    resolves = sum(1 for w in words if _RESOLUTION.match(w)) >= _HEAD + 2
    ours = sum(1 for w in words if _OUR_SUBMISSION.search(w)) > _HEAD
    submits = _SUBMISSION.search(title) or (_REPORT_TITLE.search(title) and ours)
    place = title_of(kinds)
    head = [piece for w in words[: place + _HEAD] for piece in PIECES.split(w)]
    asked = BlockKind.QUESTION in kinds or _interviewed(kinds, words)
    signs = (
        (asked or witness(words, place), "interview"),
        (letter, "letter"),
        (resolves, "resolution"),
        (submits or any(_INTERVENES.search(w) or _SUBMITS.fullmatch(w) for w in head), "submission"),
        (is_press(title) or any(is_press(w) for w in (*words, *head)), "press-release"),
    )
    return next((name for told, name in signs if told), None)


def _by_voice(kinds: Sequence[BlockKind], words: Sequence[str], title: str, publisher: str) -> str:
    """The genre that tells itself by who speaks: the publisher, its officer, 'we', nobody."""
    voice = [
        "" if k is BlockKind.BOILERPLATE else _QUOTED.sub(" ", w) for k, w in zip(kinds, words, strict=True)
    ]
    name = re.escape(publisher)
    speaks = publisher and any(re.search(_VOICE.format(name), w) for w in voice)
    if speaks and any(re.search(_OFFICER.format(name), w) for w in voice[1:]):
        return "press-release"
    place = title_of(kinds)
    above = [piece for w in words[: place + _HEAD] for piece in PIECES.split(w) if w != title]
    under = [w for k, w in zip(kinds, words, strict=True) if k in (BlockKind.HEADER, BlockKind.BOILERPLATE)]
    head = [*above, *under[:_HEAD]]
    titled = (_REPORT_TITLE.search(title) and not _REPORTS_NEWS.search(title)) or any(
        _REPORT_LINE.match(w) for w in head
    )
    titled = titled or any(_THIS_REPORT.match(w) for w in voice)
    stated = any(_STATES.fullmatch(w) for w in head)
    statement = stated or _is_statement(kinds, voice, title) or (speaks and not titled)
    plainly = any(_CHAIR.search(w) for w in voice) or sum(1 for w in voice if _WE.search(w)) > _HEAD
    if titled and not (statement and (plainly or _STATEMENT_TITLE.search(title))):
        return "report"
    if statement:
        return "statement"
    long = sum(k is BlockKind.HEADING for k in kinds) > _LONG and len(words) > 4 * _LONG
    rated = BlockKind.RATING in kinds[: place + _HEAD]
    if long or rated:
        return "report"
    return "press-release" if any(_ISSUED.match(w) for w in words[-_HEAD:]) else "news"


def _interviewed(kinds: Sequence[BlockKind], words: Sequence[str]) -> bool:
    return any(k is BlockKind.BYLINE and interviewee(w) for k, w in zip(kinds, words, strict=True))


def _is_statement(kinds: Sequence[BlockKind], voice: Sequence[str], title: str) -> bool:
    """True where somebody speaks for himself: 'we urge', 'Mr President', signatures."""
    heads = [w for k, w in zip(kinds, voice, strict=True) if k in (BlockKind.HEADER, BlockKind.HEADING)][
        : 2 * _HEAD
    ]
    said = sum(1 for w in voice if _WE.search(w))
    if any(_CHAIR.search(w) for w in voice) or BlockKind.SIGNATORY in kinds:
        return True
    if _STATEMENT_TITLE.search(title) or any(_STATEMENT_TITLE.search(h) for h in heads):
        return said > 0 or "statement" in title.casefold()
    return said > 1 or (said == 1 and len(voice) < _LONG)
