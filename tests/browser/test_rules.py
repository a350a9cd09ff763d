"""The page and the server give a rule the same value, or both none.

Some rules are written by hand where the two languages differ by nature; the rest are made at random, well
typed, over answers some of which are missing.
"""

import json
import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser

import motcua.interfaces.design
from motcua.kernel.expressions import (
    Kind,
    ListOf,
    NoValue,
    Record,
    Simple,
    as_data,
    checked,
    read,
    value,
)

RULES_JS: Final = Path(motcua.interfaces.design.__file__).parent / "static" / "design" / "rules.js"
ROW: Final = Record(name=Simple.TEXT, pay=Simple.INT, size=Simple.DOUBLE, born=Simple.DATE)
KINDS: Final[Mapping[str, Kind]] = {
    "a": Simple.INT,
    "b": Simple.INT,
    "x": Simple.DOUBLE,
    "y": Simple.DOUBLE,
    "s": Simple.TEXT,
    "t": Simple.TEXT,
    "p": Simple.BOOL,
    "q": Simple.BOOL,
    "d": Simple.DATE,
    "e": Simple.DATE,
    "rows": ListOf(ROW),
    "home": Record(street=Simple.TEXT, commune_code=Simple.TEXT),
}
FULL: Final[Mapping[str, object]] = {
    "a": 7,
    "b": -3,
    "x": 2.5,
    "y": -0.1,
    "s": "Rơ Châm 😀",
    "t": "châm",
    "p": True,
    "q": False,
    "d": "2024-02-29",
    "e": "1990-12-31",
    "rows": [
        {"name": "Bếp", "pay": 5, "size": 12.5, "born": "2020-01-31"},
        {"name": "Ứng", "pay": -2, "born": "2021-03-01"},
    ],
    "home": {"street": "12 Hùng Vương", "commune_code": "23575"},
}
SCOPES: Final[tuple[Mapping[str, object], ...]] = (
    FULL,
    {},
    {"a": 0, "b": 9_007_199_254_740_991, "x": 0.5, "p": False, "s": "", "d": "0099-12-31", "rows": []},
    {**FULL, "a": -7, "b": 2, "x": -2.5, "y": 1e300, "s": "\uffff", "t": "😀", "e": "2024-03-01"},
)
BY_HAND: Final = (
    *("a / b", "-a / 2", "a % b", "-7 % 3", "7 % -3", "-7 / 2", "a / 0", "x / 0.0", "0.0 / 0.0", "a % 0"),
    *("b + 1", "b - 1 + 1", "b * b", "-b - 2", "y * y", "y + 1.0", "x * 3.0", "0.1 + 0.2", "-0.0 == 0.0"),
    *("round(2.5)", "round(-2.5)", "round(0.49999999999999994)", "round(x)", "round(y)", "int(2.9)", "int(-2.9)"),
    *("int(y)", "double(a) / 2.0", "string(-0)", "string(a) + s", "string(d)", "string(b)"),
    *("size(s)", "size('😀')", "size(rows)", "size(rows) == 0", "'\uffff' < '😀'", "s < t", "s >= 'Rơ'", "'a' < 'B'"),
    *("s.contains(t)", "s.startsWith('Rơ')", "s.endsWith('😀')", "'' < 'a'", "t in [s, 'châm']", "a in [1, 7]"),
    *("a in []", "p && q", "q && a / 0 > 1", "a / 0 > 1 && q", "p || a / 0 > 1", "a / 0 > 1 || p"),
    *("a / 0 > 1 || q", "a / 0 > 1 && p", "!p", "!(p && q)", "p ? a : b", "q ? a / 0 : b", "p ? 1 : a / 0"),
    *("a == null", "a != null", "home == null", "home.street == null", "null == home.street", "rows == null"),
    *("home.commune_code == '23575'", "home.street + s", "rows[0].pay", "rows[1].size", "rows[2].pay", "rows[a].pay"),
    *("rows.all(r, r.pay > 0)", "rows.exists(r, r.size > 100.0)", "rows.exists(r, r.size > 1.0)"),
    *("rows.exists_one(r, r.pay > 0)", "rows.exists_one(r, r.size > 0.0)", "rows.filter(r, r.pay > 0)"),
    *("rows.map(r, r.pay)", "rows.map(r, r.size)", "sum(rows.map(r, r.pay))", "sum(rows.map(r, r.size))"),
    *("sum([0.1, 0.2, 0.3])", "sum([b, 1])", "sum([b, 1, -1])", "rows.map(r, rows.map(r, r.pay))"),
    *("rows[0] == rows[1]", "rows[0] in rows", "rows == rows", "[1, 2] == [1, 2]", "[1] == [1, 2]"),
    *("rows.map(a, a.pay).all(b, b < 9)", "d < e", "d == '2024-02-29'", "'2024-03-01' > d", "days_between(e, d)"),
    *("days_between(d, date('2024-03-01'))", "months_between(date('2024-01-31'), date('2024-02-29'))"),
    *("months_between(date('2024-02-29'), date('2024-01-31'))", "months_between(e, d)", "years_between(d, e)"),
    *("years_between(date('2000-02-29'), date('2001-02-28'))", "years_between(date('2001-02-28'), e)"),
    *("years_between(date('0090-01-01'), d)", "days_between(date('0001-01-01'), d)", "date('2024-01-01') <= d"),
    *("a - -b", "--a", "!!p", "-x", "1 < 2 == true", "(a + 1) * (b - 1)", "x > y ? 'lớn' : 'nhỏ'", "size([a, b])"),
    *("[a, b].filter(n, n > 0)", "[s, t].map(z, size(z))", "[p, q].exists(z, z)", "[p, q].all(z, z)"),
)  # fmt: skip
MADE: Final = 600


class Maker:
    """Makes expressions of a wanted kind at random."""

    def __init__(self, seed: int) -> None:
        self.luck = random.Random(seed)
        self.rows = ""  #: the name bound to a row, inside a macro

    def of(self, kind: Kind, depth: int) -> str:
        if depth == 0 or self.luck.random() < 0.15:
            return self.luck.choice(list(self._leaves(kind)))
        return self.luck.choice(list(self._nodes(kind, depth - 1)))

    def _leaves(self, kind: Kind) -> Iterator[str]:
        yield from (name for name, each in KINDS.items() if each == kind)
        if self.rows and (part := next((p for p, each in ROW.parts.items() if each == kind), "")):
            yield f"{self.rows}.{part}"
        match kind:
            case Simple.INT:
                yield str(self.luck.choice([0, 1, -1, 3, 12, 9_007_199_254_740_991]))
            case Simple.DOUBLE:
                yield self.luck.choice(["0.5", "-2.25", "1.1", "1.0e15", "3.0"])
            case Simple.TEXT:
                yield self.luck.choice(["''", "'ă'", "'Z'", "'z😀'"])
            case Simple.BOOL:
                yield self.luck.choice(["true", "false"])
            case Simple.DATE:
                yield self.luck.choice(["date('2024-02-29')", "date('1999-12-31')"])

    def _nodes(self, kind: Kind, depth: int) -> Iterator[str]:
        make, luck = self.of, self.luck
        yield f"({make(Simple.BOOL, depth)} ? {make(kind, depth)} : {make(kind, depth)})"
        match kind:
            case Simple.INT:
                yield f"({make(kind, depth)} {luck.choice('+-*/%')} {make(kind, depth)})"
                yield f"-({make(kind, depth)})"
                yield f"{luck.choice(['round', 'int'])}({make(Simple.DOUBLE, depth)})"
                yield f"size({make(Simple.TEXT, depth)})"
                function = luck.choice(["days_between", "months_between", "years_between"])
                yield f"{function}({make(Simple.DATE, depth)}, {make(Simple.DATE, depth)})"
                yield f"sum(rows.map(r, {self._of_row(kind, depth)}))"
            case Simple.DOUBLE:
                yield f"({make(kind, depth)} {luck.choice('+-*/')} {make(kind, depth)})"
                yield f"double({make(Simple.INT, depth)})"
                yield f"sum(rows.map(r, {self._of_row(kind, depth)}))"
            case Simple.TEXT:
                yield f"({make(kind, depth)} + {make(kind, depth)})"
                yield f"string({make(Simple.INT, depth)})"
            case Simple.BOOL:
                yield from self._conditions(depth)

    def _conditions(self, depth: int) -> Iterator[str]:
        make, luck = self.of, self.luck
        yield f"({make(Simple.BOOL, depth)} {luck.choice(['&&', '||'])} {make(Simple.BOOL, depth)})"
        yield f"!({make(Simple.BOOL, depth)})"
        kind = luck.choice([Simple.INT, Simple.DOUBLE, Simple.TEXT, Simple.DATE])
        op = luck.choice(["==", "!=", "<", "<=", ">", ">="])
        yield f"({make(kind, depth)} {op} {make(kind, depth)})"
        yield f"({make(kind, depth)} in [{make(kind, depth)}, {make(kind, depth)}])"
        test = luck.choice(["startsWith", "endsWith", "contains"])
        yield f"({make(Simple.TEXT, depth)}).{test}({make(Simple.TEXT, depth)})"
        macro = luck.choice(["all", "exists", "exists_one"])
        yield f"rows.{macro}(r, {self._of_row(Simple.BOOL, depth)})"

    def _of_row(self, kind: Kind, depth: int) -> str:
        outer, self.rows = self.rows, "r"
        try:
            return self.of(kind, depth)
        finally:
            self.rows = outer


def expressions() -> list[str]:
    maker = Maker(20261122)
    kinds = (Simple.INT, Simple.DOUBLE, Simple.TEXT, Simple.BOOL)
    return [*BY_HAND, *(maker.of(kinds[n % len(kinds)], 1 + n % 4) for n in range(MADE))]


def said_here(node: Any, scope: Mapping[str, object]) -> dict[str, object]:
    try:
        return {"value": value(node, scope)}
    except NoValue:
        return {}


@pytest.fixture(scope="module")
def evaluate(chromium: Browser) -> Iterator[Any]:
    """Return a function that evaluates trees under scopes in a page: ``evaluate([tree, …], [scope, …])``."""
    page = chromium.new_page()
    page.add_script_tag(
        content=f"{RULES_JS.read_text()}\nglobalThis.rules = {{ value, holds, NoValue }};", type="module"
    )
    page.wait_for_function("globalThis.rules")
    ask = """([trees, scopes]) => JSON.stringify(trees.map((tree) => scopes.map((scope) => {
        try { return { value: rules.value(tree, scope) }; }
        catch (fault) { if (fault instanceof rules.NoValue) return {}; throw fault; }
    })))"""
    yield lambda trees, scopes: json.loads(page.evaluate(ask, [trees, scopes]))
    page.close()


def test_the_page_gives_every_rule_the_value_the_server_gives(evaluate: Any) -> None:
    sources = expressions()
    nodes = [checked(read(source), KINDS)[0] for source in sources]

    there = evaluate([as_data(node) for node in nodes], list(SCOPES))

    differing, with_value = [], 0
    for source, node, answers in zip(sources, nodes, there, strict=True):
        for scope, answer in zip(SCOPES, answers, strict=True):
            here = said_here(node, scope)
            with_value += bool(here)
            if here != answer:
                differing.append(f"{source}\n    under {scope}\n    here {here}, in the page {answer}")
    assert not differing, "\n".join(differing[:10])
    assert len(sources) >= 700
    assert 1000 < with_value < len(sources) * len(SCOPES) - 500  # both kinds of outcome were met often


def test_both_give_up_after_the_same_number_of_steps(evaluate: Any) -> None:
    rows = [{"name": "x", "pay": n, "size": 1.0, "born": "2024-01-01"} for n in range(200)]
    node, _kind = checked(read("rows.all(r, rows.all(s, r.pay + s.pay >= 0))"), KINDS)

    for count in (100, 200):
        scope = {"rows": rows[:count]}
        assert evaluate([as_data(node)], [scope]) == [[said_here(node, scope)]]
    assert said_here(node, {"rows": rows}) == {}
