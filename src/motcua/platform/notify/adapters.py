"""Channels that need no contract with a carrier: Django's mail, and the honest absence of the others."""

import smtplib
from typing import ClassVar

from django.conf import settings
from django.core.mail import EmailMessage

from motcua.platform.notify.types import Contact, Letter, NotConfigured, Rejected, Unreachable

_REFUSED_FOR_GOOD = range(500, 600)  # RFC 5321 § 4.2.1: permanent negative completion


class Mail:
    """E-mail through Django's mail backend."""

    def address(self, contact: Contact) -> str:
        return contact.email

    def send(self, letter: Letter, *, address: str, key: str) -> None:
        host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("<> ") or "localhost"
        headers = {"Message-ID": f"<{key}@{host}>", "Auto-Submitted": "auto-generated"}
        try:
            EmailMessage(letter.subject, letter.body, to=[address], headers=headers).send()
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            raise (Rejected if all(code in _REFUSED_FOR_GOOD for code in codes) else Unreachable) from error
        except (smtplib.SMTPException, OSError) as error:
            raise Unreachable from error


class NowhereByPhone:
    """SMS and Zalo on a node that has no contract with a carrier."""

    def address(self, contact: Contact) -> str:
        return contact.phone

    def send(self, letter: Letter, *, address: str, key: str) -> None:
        raise NotConfigured


class NowhereByPush:
    """Push on a node without push keys: there is no address to look for."""

    nowhere: ClassVar[str] = "-"

    def address(self, contact: Contact) -> str:
        return self.nowhere

    def send(self, letter: Letter, *, address: str, key: str) -> None:
        raise NotConfigured
