"""The cue language: what a pattern matches, and what it refuses."""

from __future__ import annotations

import pytest

from kg.errors import OntologyError
from kg.text.cues import CueIndex, Sighted
from kg.text.grammar import WordSets, label_cue, parse_cue
from kg.text.lexicon import lexicon
from kg.text.parser import parser
from kg.text.patterns import Words
from kg.vocabulary import vocabulary

SETS = WordSets({"critic": ["journalist", "activist"], "person": ["@critic", "man"], "loop": ["@loop"]})
REFUSALS = lexicon(vocabulary()).words("refusal")


def found(text: str, *cues: str) -> list[str]:
    """The words that the cues match in a sentence."""
    index = CueIndex(c for cue in cues for c in parse_cue("Act", cue, SETS))
    sentence = Sighted(next(iter(parser()(text).sents)), refusals=REFUSALS)
    doc = sentence.tokens[0].doc
    return [" ".join(doc[i].text for i in m.tokens) for m in index.find(sentence)]


@pytest.mark.parametrize(
    ("cue", "text", "words"),
    [
        ("arrest", "Police arrested two men.", ["arrested"]),
        ("=detained", "They detain people.", []),
        ("arbitrar* arrest*|detain*", "He was arbitrarily detained.", ["arbitrarily detained"]),
        ("attack/NOUN", "They attacked the town.", []),
        ("?forcibl* disappear*", "They disappeared.", ["disappeared"]),
        ("sentenced ... death", "He was sentenced by a court to death.", ["sentenced death"]),
        ("sentenced ... death", "He was sentenced and a very long time after it met death.", []),
        ("self-censor*", "Editors practise self-censorship.", ["self - censorship"]),
        ("@critic", "An activist spoke.", ["activist"]),
        ("@person", "An activist spoke.", ["activist"]),
    ],
)
def test_words_stand_in_order(cue: str, text: str, words: list[str]) -> None:
    assert found(text, cue) == words


@pytest.mark.parametrize(
    ("cue", "text", "matches"),
    [
        ("dissolve/VERB obj:party", "The court dissolved the party.", True),
        ("dissolve/VERB obj:party", "The party was dissolved by the court.", True),
        ("dissolve/VERB obj:party", "The tablet dissolved in water.", False),
        ("execute/VERB -obj:mandate|plan", "The team executed its mandate.", False),
        ("execute/VERB -obj:mandate|plan", "The state executed four men.", True),
        ("arrest/VERB subj:police", "Two men were arrested by the police.", True),
        ("arrest/VERB subj:police", "Two men were arrested by customs.", False),
        ("killing of:@critic", "The killing of a journalist shocked the town.", True),
        ("killing of:@critic", "The killing of a fox shocked the town.", False),
        ("beat near:custody", "He was beaten in custody.", True),
        ("beat near:custody", "He was beaten at home.", False),
        ("register/VERB neg:yes", "The group could not register.", True),
        ("register/VERB neg:yes", "The group was unable to register.", True),
        ("register/VERB neg:yes", "The group registered in May.", False),
        ("dissolve/VERB obj:none|party", "It was done to dissolve.", True),
    ],
)
def test_conditions_speak_of_arguments(cue: str, text: str, *, matches: bool) -> None:
    assert bool(found(text, cue)) is matches


def test_a_label_is_a_cue_in_singular_and_plural() -> None:
    index = CueIndex([label_cue("Act", "Silencing of poets")])
    sentence = Sighted(parser()("They spoke of the silencing of a poet, and of silencing of poets.")[:])
    assert len(index.find(sentence)) == 1


@pytest.mark.parametrize(
    ("cue", "what"),
    [
        ("ab*", "too short"),
        ("arrest @nobody", "no word set"),
        ("@loop", "holds itself"),
        ("?arrest", "nothing that must stand"),
        ("... arrest", "a gap at the edge"),
        ("arrest nonsense:thing", "no part of a cue"),
    ],
)
def test_a_malformed_cue_is_named(cue: str, what: str) -> None:
    with pytest.raises(OntologyError, match=what) as caught:
        parse_cue("Act", cue, SETS)
    assert "cue of Act" in str(caught.value)


def test_words_take_forms_stems_and_lemmas() -> None:
    (cue,) = parse_cue("Act", "=sat|run|walk*", SETS)
    words = Words(cue.elements[0].words.alternatives)
    assert words.match(("sat", "sit"))
    assert words.match(("ran", "run"))
    assert words.match(("walking",))
    assert not words.match(("sits", "sit"))


def test_every_cue_of_the_ontology_is_of_the_grammar() -> None:
    terms = vocabulary()
    lex = lexicon(terms)
    assert len(lex.types.cues) > 2000
    assert len(lex.masks.cues) > 20
    assert {c.term for c in lex.statuses.cues} == {
        "Asserted", "Alleged", "Denied", "Feared", "CalledFor", "Normative", "Reversed",
    }  # fmt: skip
    with_cues = {c.term for c in lex.types.cues if not c.label}
    assert len(with_cues) >= 56


def test_every_word_set_can_be_spelled_out() -> None:
    lex = lexicon(vocabulary())
    assert len(lex.sets.words) > 20
    assert all(lex.words(name) for name in lex.sets.words)


@pytest.mark.parametrize(
    "text",
    [
        "None of the officers was punished.",
        "Nobody was punished.",
        "Not a single officer was punished.",
        "No officer was punished.",
    ],
)
def test_a_subject_that_is_nobody_negates(text: str) -> None:
    index = CueIndex(parse_cue("Act", "punish/VERB neg:yes", SETS))
    nobody = lexicon(vocabulary()).words("nobody")
    sentence = Sighted(next(iter(parser()(text).sents)), refusals=REFUSALS, nobody=nobody)
    assert index.find(sentence)


def test_a_cue_whose_words_are_not_all_there_is_passed_over() -> None:
    (cue,) = parse_cue("Act", "raid/NOUN near:office|home", SETS)
    assert len(cue.required) == 1
    assert found("The raid on the office began.", cue.source) == ["raid"]
    assert found("The raid on the fridge began.", cue.source) == []
