"""The code of an administrative procedure – *mã thủ tục hành chính*.

Source: national procedure database; Decree 63/2010/NĐ-CP, article 8. The base (``1.001193``) identifies the
procedure; what follows only says who localised it: ``2.002723.H13``, or the old long form
``1.004194.000.00.00.H21``. Space around and lower-case letters are forgiven.
"""

import re
from dataclasses import dataclass

from motcua.kernel.identifiers.reasons import NotAnIdentifier, Reason, squeezed

_GRAMMAR = re.compile(
    r"(?P<base>[1-9]\.[0-9]{6})(?:\.(?P<agency>(?P<long>[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.)?[A-Z][0-9]{2}))?"
)


class NotAProcedureCode(NotAnIdentifier):
    """The text is not the code of a procedure."""

    code = "identifiers.not_a_procedure_code"


@dataclass(frozen=True, slots=True)
class ProcedureCode:
    """A procedure code taken apart. Compare procedures by ``base``."""

    base: str
    agency: str  #: who localised it, as written; empty for the national code
    form: str  #: base, local (short suffix) or long

    def __str__(self) -> str:
        return f"{self.base}.{self.agency}" if self.agency else self.base


def parse(text: str) -> ProcedureCode:
    """Return the procedure code written in ``text``. Raises NotAProcedureCode."""
    code = squeezed(text).upper()
    if not code:
        raise NotAProcedureCode(Reason.EMPTY)
    found = _GRAMMAR.fullmatch(code)
    if found is None:
        raise NotAProcedureCode(Reason.SHAPE, expected="1.001193")
    form = "long" if found["long"] else "local" if found["agency"] else "base"
    return ProcedureCode(found["base"], found["agency"] or "", form)
