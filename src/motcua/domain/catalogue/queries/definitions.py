"""Definitions as files: those that ship with the package, those somebody wrote, and what their test cases say."""

from functools import cache
from importlib.resources import files

from motcua.domain.catalogue.rules import definitions, trying
from motcua.domain.catalogue.rules.trying import Trial
from motcua.domain.catalogue.types import UnknownProcedure

read_definition = definitions.parse
tried = trying.tried

__all__ = ["Trial", "read_definition", "shipped_codes", "shipped_text", "tried"]


@cache
def shipped_codes() -> tuple[str, ...]:
    """Return the codes of the definitions that ship with the package."""
    folder = files("motcua.domain.catalogue") / "definitions"
    names = (file.name for file in folder.iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


def shipped_text(code: str) -> str:
    """Return the file of a definition that ships with the package. Raises UnknownProcedure."""
    if code not in shipped_codes():
        raise UnknownProcedure(code=code)
    file = files("motcua.domain.catalogue") / "definitions" / f"{code}.yaml"
    return file.read_text(encoding="utf-8")
