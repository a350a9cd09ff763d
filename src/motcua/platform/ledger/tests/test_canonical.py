"""A leaf has one spelling, or none."""

import json
import math
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.actors import Role
from motcua.platform.ledger.rules import canonical
from motcua.platform.ledger.types import NotCanonical, Statement

ID = UUID("019c4b0d-8c00-7000-8000-000000000001")
AT = datetime(2026, 2, 11, 2, 0, tzinfo=UTC)

text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
plain = st.recursive(
    st.none() | st.booleans() | st.integers(-canonical.LARGEST_INTEGER, canonical.LARGEST_INTEGER) | text,
    lambda inner: st.lists(inner) | st.dictionaries(text, inner),
    max_leaves=12,
)


def test_the_spelling_of_each_kind() -> None:
    facts = {
        "when": AT.astimezone(timezone(timedelta(hours=7))),
        "subject": ID,
        "day": date(2026, 2, 11),
        "role": Role.CLERK,
        "đồng": 15_000,
        "paid": True,
        "note": None,
        "list": ["b", ("a",), {"z": 1, "a": '"\\\n\x7f'}],
    }
    assert canonical.facts_text(facts) == (
        '{"day":"2026-02-11","list":["b",["a"],{"a":"\\"\\\\\\n\x7f","z":1}],"note":null,"paid":true,'
        '"role":"clerk","subject":"019c4b0d-8c00-7000-8000-000000000001",'
        '"when":"2026-02-11T02:00:00.000000Z","đồng":15000}'
    )


def test_the_text_of_a_leaf() -> None:
    statement = Statement(ID, "cases.accept", "H21.4-260211-0001", ID, "clerk", None, ID, AT, '{"a":1}')
    assert canonical.leaf_text(statement) == (
        f'{{"actor":{{"agency":null,"person":"{ID}","role":"clerk","seat":"{ID}"}},'
        f'"at":"2026-02-11T02:00:00.000000Z","deed":"cases.accept","facts":{{"a":1}},"id":"{ID}",'
        '"subject":"H21.4-260211-0001"}'
    )


@given(st.dictionaries(text, plain))
def test_it_is_sorted_json(facts: dict[str, object]) -> None:
    written = canonical.facts_text(facts)
    assert json.loads(written) == facts
    assert written == json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert canonical.facts_text(dict(reversed(facts.items()))) == written


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        math.nan,
        Decimal("1.5"),
        2**53,
        -(2**53),
        b"bytes",
        {1, 2},
        object,
        AT.replace(tzinfo=None),
        "a\0b",
        "\ud800",
        {1: "a"},
        {"\ud800": 1},
    ],
    ids=repr,
)
def test_what_has_no_single_spelling_is_refused_with_its_path(value: object) -> None:
    with pytest.raises(NotCanonical):
        canonical.facts_text({"outer": [value]})


def test_the_refusal_names_the_place() -> None:
    with pytest.raises(NotCanonical, match=r"facts\.fees\[1\]\.amount: float"):
        canonical.facts_text({"fees": [{}, {"amount": 1.5}]})
