"""The settings of a node: one typed object, read once from ``MOTCUA_*`` variables and ``DATABASE_URL``.

``docs/settings.md`` is generated from the descriptions here.
"""

import os
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import AliasChoices, Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Mode(StrEnum):
    DEMO = "demo"  #: sample province, one-click sign-in, throw-away secrets under var/
    TEST = "test"  #: the test suite
    PRODUCTION = "production"  #: unsafe values are refused at the start


class Node(BaseSettings):
    """Settings of one installation."""

    model_config = SettingsConfigDict(env_prefix="MOTCUA_", extra="forbid", frozen=True)

    mode: Annotated[Mode, Field(description="What the node is for: demo, test or production.")] = Mode.DEMO
    var: Annotated[Path, Field(description="Folder for the embedded database, files, keys and logs.")] = Path(
        "var"
    )
    database_url: Annotated[
        str,
        Field(
            description="postgresql://… of any PostgreSQL ≥ 15; empty starts the embedded one.",
            validation_alias=AliasChoices("DATABASE_URL", "MOTCUA_DATABASE_URL"),
        ),
    ] = ""
    secret_key: Annotated[
        str, Field(description="Signs sessions and links; at least 50 characters in production.")
    ] = ""
    hosts: Annotated[list[str], Field(description="Host names the node answers to.")] = [
        "localhost",
        "127.0.0.1",
    ]
    base_url: Annotated[str, Field(description="Public address, used in QR codes and e-mail.")] = (
        "http://127.0.0.1:8000"
    )
    name: Annotated[str, Field(description="Name of the service shown in the masthead.")] = "Một cửa Gia Lai"
    owner: Annotated[str, Field(description="Body that runs the node, shown in the footer.")] = (
        "Ủy ban nhân dân tỉnh Gia Lai"
    )
    mail_url: Annotated[
        str,
        Field(
            description="smtp://user:password@host:port (smtp+tls:// for STARTTLS, smtps:// for TLS); "
            "empty writes letters to var/mail."
        ),
    ] = ""
    mail_from: Annotated[str, Field(description="Sender of every e-mail.")] = "khong-tra-loi@localhost"

    second_factor: Annotated[
        bool | None,
        Field(
            description="Officers must sign in with a passkey, a second factor or the identity provider; "
            "unset means yes in production, no elsewhere."
        ),
    ] = None

    @property
    def second_factor_required(self) -> bool:
        return self.mode is Mode.PRODUCTION if self.second_factor is None else self.second_factor


@cache
def node() -> Node:
    """Return the settings of this process, read once."""
    return Node()


def unknown_variables() -> list[str]:
    """Return ``MOTCUA_*`` variables of the environment that no setting reads."""
    known = {f"MOTCUA_{name.upper()}" for name in Node.model_fields}
    return sorted(name for name in os.environ if name.startswith("MOTCUA_") and name not in known)
