"""By which words a dossier is found: its search text, without accents."""

from motcua.kernel.text import fold


def search_text(code: str, name: str, personal_id: str, procedure_name: str) -> str:
    """Return the accent-free words a dossier is found by: code whole and in parts, person, procedure."""
    order = code.rsplit("-", 1)[-1]
    return f"{code.lower()} {order} {int(order)} {fold(name)} {personal_id} {fold(procedure_name)}"
