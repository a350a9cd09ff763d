"""Rules written as data: a typed, bounded part of the Common Expression Language (CEL, cel-spec v0.24).

Conditions, computed answers and fees are expressions over the answers of a form. The same checked tree is
evaluated here and, sent as plain data, in the citizen's page; both give the same value or none.

What is left out of CEL on purpose: bytes, maps, protocol buffers, and ``matches`` (a regular expression can run
for ever). What is added: dates (ISO 8601 days) and a handful of functions over them, ``sum`` and ``round``.
An expression that meets an unanswered question where it needs a value has *no value*; ``&&`` and ``||`` pass over
that as CEL passes over errors, and a condition without a value does not hold.
"""

from motcua.kernel.expressions.checking import checked
from motcua.kernel.expressions.evaluation import NoValue, Reason, Scope, Value, holds, value
from motcua.kernel.expressions.kinds import Kind, ListOf, Record, Simple
from motcua.kernel.expressions.reading import BadExpression, read
from motcua.kernel.expressions.trees import Node, as_data, names, walk

__all__ = [
    "BadExpression",
    "Kind",
    "ListOf",
    "NoValue",
    "Node",
    "Reason",
    "Record",
    "Scope",
    "Simple",
    "Value",
    "as_data",
    "checked",
    "holds",
    "names",
    "read",
    "value",
    "walk",
]
