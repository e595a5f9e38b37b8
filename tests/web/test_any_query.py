"""Whatever is sent as a query, the answer is no error of the server's own."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

_PARTS = (
    "SELECT ASK CONSTRUCT DESCRIBE WHERE GRAPH UNION OPTIONAL MINUS VALUES BIND AS FILTER GROUP BY COUNT "
    "GROUP_CONCAT BNODE FROM NAMED LIMIT SERVICE ?g ?s ?p ?o a 1 'x' <urn:x> * { } ( ) [ ] . ; , ^ / | ! +"
)
WORDS = st.sampled_from(_PARTS.split())


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@settings(max_examples=150)
@given(text=st.one_of(st.text(), st.lists(WORDS, max_size=25).map(" ".join)))
def test_any_string_as_a_query_never_gives_a_500(app, text):
    response = app.test_client().post(
        "/sparql", data=text.encode("utf-8", "surrogatepass"), content_type="application/sparql-query"
    )
    assert response.status_code in (200, 400, 403, 406)
