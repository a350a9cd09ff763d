"""By which words a dossier is found: its search text, without accents."""

from motcua.kernel.text import fold


def search_text(code: str, name: str, number: str, procedure_name: str) -> str:
    """Return the accent-free words a dossier is found by: code whole and in parts, names and numbers, procedure.

    ``name`` and ``number`` are the person's, with the organisation's beside them if it is filed for one.
    """
    order = code.rsplit("-", 1)[-1]
    return f"{code.lower()} {order} {int(order)} {fold(name)} {number} {fold(procedure_name)}"
