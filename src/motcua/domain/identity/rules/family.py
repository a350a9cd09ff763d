"""How a family link reads from its other end.

Source: Law on Marriage and Family 52/2014/QH13, articles 3 and 68.
"""

from collections.abc import Mapping
from typing import Final

from motcua.domain.identity.types import Relation

INVERSE: Final[Mapping[Relation, Relation]] = {
    Relation.SPOUSE: Relation.SPOUSE,
    Relation.CHILD: Relation.PARENT,
    Relation.PARENT: Relation.CHILD,
}
