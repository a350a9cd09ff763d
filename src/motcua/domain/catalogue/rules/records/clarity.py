"""What may be kept of a reader's words. Source: Law 91/2025/QH15 on personal data protection (only what is needed)."""

import re

_LONG_NUMBER = re.compile(r"\d[\d .\-]{7,}\d")
_MAIL = re.compile(r"\S+@\S+")


def without_personal_numbers(words: str) -> str:
    """Return the words with phone and personal numbers and addresses of mail struck out."""
    return _MAIL.sub("…@…", _LONG_NUMBER.sub("…", words.replace("\x00", ""))).strip()
