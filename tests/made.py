"""Readings and claims made by hand: every kind of content over one short text."""

from __future__ import annotations

from kg.model import (
    Block,
    BlockKind,
    Claim,
    Document,
    Endorsement,
    Entity,
    EntityNamed,
    Figure,
    Implementation,
    InstrumentNamed,
    Item,
    ItemClaims,
    MechanismAction,
    Rating,
    Reading,
    Recommendation,
    RightNamed,
    Span,
    Status,
    Tenure,
    Violation,
)

TEXT = (
    "Rights group warns on Turkmenistan\n\n"
    "Police in Ashgabat arrested 12 journalists in May 2019, said Aina Orazova, head of Free Quill. "
    "The ministry denies any torture. We urge the government to respect freedom of expression. "
    "The Human Rights Council adopted resolution 40/11 on 21 March 2019. "
    "The state received 191 recommendations and accepted 172. "
    "Turkmenistan is rated closed by the CIVICUS Monitor.\n"
)


def span(quote: str, text: str = TEXT) -> Span:
    """Where a quote stands, which it must do once."""
    assert text.count(quote) == 1, quote
    return Span(text.index(quote), text.index(quote) + len(quote))


ENTITIES = (
    Entity("person-aina-orazova", "Person", "Aina Orazova", found_by="byline"),
    Entity("cso-free-quill", "CivilSocietyOrganisation", "Free Quill", aliases=("the Quill",)),
    Entity(
        "country-tm", "Country", "Turkmenistan", iri="https://w3id.org/rightsgraph/id/state/TM", country="TM"
    ),
)
ARREST = "arrested 12 journalists in May 2019"
CLAIMS = (
    Claim(
        Violation("ArbitraryDetention", "TM", "journalists", "Police", "2019-05", 12, place="Ashgabat"),
        span(ARREST),
        claimant="Aina Orazova",
        claimant_key="person-aina-orazova",
        via=("Free Quill",),
        confidence=0.87,
        found_by="violation-cue",
        withheld=("perpetrator",),
        trigger=span("arrested"),
    ),
    Claim(Violation("TortureOrIllTreatment", "TM"), span("The ministry denies any torture"), Status.DENIED),
    Claim(RightNamed("FreedomOfExpression"), span("freedom of expression")),
    Claim(
        Recommendation(
            "Free Quill", "the government", rights=("FreedomOfExpression",), by_key="cso-free-quill"
        ),
        span("We urge the government to respect freedom of expression."),
        Status.CALLED_FOR,
    ),
    Claim(Rating("TM", "closed", "CIVICUS Monitor"), span("Turkmenistan is rated closed")),
    Claim(
        Tenure("Aina Orazova", "head", "Free Quill", "person-aina-orazova", "cso-free-quill"),
        span("Aina Orazova, head of Free Quill"),
    ),
    Claim(Endorsement("Free Quill", "cso-free-quill"), span("Free Quill")),
    Claim(
        MechanismAction("Human Rights Council", "AdoptedResolution", date="2019-03-21"),
        span("The Human Rights Council adopted resolution 40/11 on 21 March 2019."),
    ),
    Claim(
        InstrumentNamed("resolution 40/11", "resolution", year="2019", effect="protects"),
        span("resolution 40/11"),
    ),
    Claim(
        Implementation("TM", None, 191, 172), span("The state received 191 recommendations and accepted 172.")
    ),
    Claim(Figure(12, "journalists", "TM"), span("12 journalists")),
    *(
        Claim(EntityNamed(e.key), span(e.name) if e.name != "Turkmenistan" else Span(22, 34))
        for e in ENTITIES
    ),
)


def reading(text: str = TEXT, name: str = "made.txt", entities: tuple[Entity, ...] = ENTITIES) -> Reading:
    """The text as one item whose first line is its title."""
    document = Document(name, text)
    title = Span(0, text.index("\n"))
    block = Block(BlockKind.PARAGRAPH, Span(title.end, len(text)))
    item = Item(
        document,
        1,
        Span(0, len(text)),
        title,
        (block,),
        "Free Quill",
        "news",
        "2019-06-01",
        speaker="Free Quill",
    )
    return Reading(item, (), (), entities)


def item_claims(claims: tuple[Claim, ...] = CLAIMS, text: str = TEXT) -> ItemClaims:
    """The claims over the text."""
    return ItemClaims(reading(text), claims)
