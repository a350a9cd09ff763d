"""The tax code of an organisation, which is also the code of an enterprise, cooperative or household business.

Source: Circular 86/2024/TT-BTC, article 5; its form is ``kernel.identifiers.tax_code``.
"""

from motcua.domain.identity.types import BadTaxCode
from motcua.kernel.identifiers import tax_code as code


def refuse_if_malformed(tax_code: str) -> None:
    """Raise BadTaxCode unless ``tax_code`` is empty or could have been issued, written plainly."""
    if not tax_code:
        return
    try:
        read = str(code.parse(tax_code))
    except code.NotATaxCode as refusal:
        raise BadTaxCode(fields={"tax_code": BadTaxCode.code}) from refusal
    if read != tax_code:
        raise BadTaxCode(fields={"tax_code": BadTaxCode.code})
