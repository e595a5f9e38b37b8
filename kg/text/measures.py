"""What measures are taken against: 'efforts to combat trafficking', 'the prevention of torture'.

In: a trigger in its sentence. Out: whether a measure is told and no act. Reports of
reviews are full of such measures, and the classifier takes most of them for the act itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.text.cues import Match
    from kg.text.lexicon import Lexicon

AGAINST = 12
"""How far before a trigger the measure against it stands."""
FAILED = 6
"""How far before a measure stands what tells that it isn't taken."""
CLAUSAL = frozenset({"VERB", "AUX", "PRON", "SCONJ", "NUM"})
BREAKS = frozenset({";", ":", "but", "by", "because", "through", "after", "during", "from", "(", ")", "case"})
"""What ends the list of things that a measure is taken against; cases that are tackled did happen."""


def is_opposed(match: Match, lexicon: Lexicon) -> bool:
    """True for what measures are taken against: 'to combat trafficking', 'the prevention of torture'.

    Read from the words before the trigger of a cue, not from the tree, which often hangs a list of such nouns
    wrongly; a measure that isn't taken ('failed to prevent torture') tells that it happens.
    """
    if not match.cue.source or (match.anchor.pos_ == "VERB" and match.anchor.tag_ != "VBG"):
        return False
    first = match.anchor.doc[match.start]
    word = None
    for left in range(first.i - 1, max(first.sent.start, first.i - AGAINST) - 1, -1):
        token = first.doc[left]
        if lexicon.says("remedy", token) and token.tag_ not in ("VBN", "VBD"):
            word = token
            break
        if token.pos_ in CLAUSAL or token.lower_ in BREAKS or token.lemma_.lower() in BREAKS:
            return False
    if word is None or word.i in match.tokens:
        return False
    before = word.doc[max(word.sent.start, word.i - FAILED) : word.i]
    return not any(lexicon.says("failing", t) for t in before)
