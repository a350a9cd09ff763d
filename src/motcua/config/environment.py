"""The settings of a node: one typed object, read once from ``MOTCUA_*`` variables and ``DATABASE_URL``.

``docs/settings.md`` is generated from the descriptions here (``motcua settings --markdown``). A variable
nobody reads, a value of the wrong kind and a value unsafe in production all stop the start, together, each
with a line of its own.
"""

import os
import secrets
from enum import StrEnum
from functools import cache
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Final
from urllib.parse import urlsplit

from pydantic import AliasChoices, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from motcua.kernel.errors import Invalid

_SHORTEST_SECRET: Final = 50
_SHORTEST_TOKEN: Final = 24


class BadConfiguration(Invalid):
    """The node cannot start with these settings; ``facts["faults"]`` has a line for each reason."""

    code = "config.bad_configuration"

    def __init__(self, *, faults: list[str]) -> None:
        super().__init__(faults=faults)
        self.faults = faults

    def __str__(self) -> str:
        return "\n".join(self.faults)


class Mode(StrEnum):
    DEMO = "demo"  #: sample province, one-click sign-in, throw-away secrets under var/
    TEST = "test"  #: the test suite
    PRODUCTION = "production"  #: unsafe values are refused at the start


class Storage(StrEnum):
    LOCAL = "local"  #: files in a folder under MOTCUA_VAR
    S3 = "s3"  #: files in a bucket of any S3-compatible store


class LogFormat(StrEnum):
    PRETTY = "pretty"  #: coloured lines for people
    JSON = "json"  #: one object a line for machines


def _comma_separated(value: object) -> object:
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


List = BeforeValidator(_comma_separated)


class Node(BaseSettings):
    """Settings of one installation."""

    model_config = SettingsConfigDict(env_prefix="MOTCUA_", extra="forbid", frozen=True)

    mode: Annotated[Mode, Field(description="What the node is for.")] = Mode.DEMO
    var: Annotated[
        Path, Field(description="Folder for the embedded database, files, keys, collected static files.")
    ] = Path("var")
    database_url: Annotated[
        str,
        Field(
            description="postgresql://… of any PostgreSQL ≥ 15; empty starts the embedded one.",
            validation_alias=AliasChoices("DATABASE_URL", "MOTCUA_DATABASE_URL"),
        ),
    ] = ""
    database_connection_max_age_s: Annotated[
        int, Field(ge=0, description="Seconds an idle database connection of a thread is kept.")
    ] = 60

    name: Annotated[str, Field(description="Name of the service shown in the masthead.")] = "Một cửa Gia Lai"
    owner: Annotated[str, Field(description="Body that runs the node, shown in the footer.")] = (
        "Ủy ban nhân dân tỉnh Gia Lai"
    )
    base_url: Annotated[
        str, Field(description="Public address, used in QR codes and e-mail; https in production.")
    ] = "http://127.0.0.1:8000"
    hosts: Annotated[
        list[str], NoDecode, List, Field(description="Host names the node answers to, comma-separated.")
    ] = ["localhost", "127.0.0.1"]
    trusted_proxies: Annotated[
        list[IPv4Network | IPv6Network],
        NoDecode,
        List,
        Field(description="Networks whose X-Forwarded-For and X-Forwarded-Proto are believed (CIDR)."),
    ] = []
    languages: Annotated[
        list[str], NoDecode, List, Field(description="Languages offered, the first one first shown: vi, en.")
    ] = ["vi", "en"]

    secret_key: Annotated[
        SecretStr,
        Field(
            description="Signs sessions and links; at least 50 characters in production. "
            "Outside production an empty one is made once under MOTCUA_VAR/keys."
        ),
    ] = SecretStr("")
    secure_cookies: Annotated[
        bool | None,
        Field(description="Cookies travel over https only; unset means yes in production, no elsewhere."),
    ] = None
    session_age_citizen_s: Annotated[
        int, Field(ge=300, description="Seconds until a citizen has to sign in again.")
    ] = 14 * 24 * 3600
    session_age_officer_s: Annotated[
        int, Field(ge=300, description="Seconds until an officer has to sign in again.")
    ] = 9 * 3600
    demo_sign_in: Annotated[
        bool | None,
        Field(description="One-click sign-in as a sample person; unset: only in a demo. Not in production."),
    ] = None

    second_factor: Annotated[
        bool | None,
        Field(
            description="Officers must sign in with a passkey, a second factor or the identity provider; "
            "unset means yes in production, no elsewhere."
        ),
    ] = None

    oidc_issuer: Annotated[
        str,
        Field(description="Address of the OpenID Connect provider citizens sign in with; empty for none."),
    ] = ""
    oidc_client_id: Annotated[str, Field(description="Client id this node has at that provider.")] = ""
    oidc_client_secret: Annotated[SecretStr, Field(description="Client secret at that provider.")] = (
        SecretStr("")
    )
    oidc_claims: Annotated[
        dict[str, str],
        Field(description="Where that provider puts each fact it vouches for, as a JSON object."),
    ] = {
        "personal_id": "personal_id",
        "full_name": "name",
        "born_on": "birthdate",
        "sex": "gender",
        "assurance": "acr",
    }
    oidc_substantial: Annotated[
        list[str],
        Field(
            description="Values of its assurance claim that mean level 2 of Decree 69/2024, as a JSON list."
        ),
    ] = ["2", "substantial"]

    storage: Annotated[Storage, Field(description="Where files of dossiers lie.")] = Storage.LOCAL
    s3_bucket: Annotated[str, Field(description="Bucket for files.")] = ""
    s3_endpoint: Annotated[str, Field(description="Address of the S3 store; empty for AWS.")] = ""
    s3_region: Annotated[str, Field(description="Region of the bucket.")] = ""
    s3_access_key: Annotated[str, Field(description="Access key of the bucket.")] = ""
    s3_secret_key: Annotated[SecretStr, Field(description="Secret key of the bucket.")] = SecretStr("")
    upload_max_bytes: Annotated[
        int, Field(ge=1_000_000, description="Largest file one may attach, in bytes.")
    ] = 50 * 1024 * 1024
    upload_chunk_bytes: Annotated[
        int, Field(ge=65_536, description="Size of one piece of a resumable upload, in bytes.")
    ] = 4 * 1024 * 1024
    clamd: Annotated[
        str, Field(description="host:port of ClamAV's daemon; empty leaves files unscanned, and says so.")
    ] = ""

    mail_url: Annotated[
        str,
        Field(
            description="smtp://user:password@host:port (smtp+tls:// for STARTTLS, smtps:// for TLS); "
            "empty writes letters to var/mail."
        ),
    ] = ""
    mail_from: Annotated[str, Field(description="Sender of every e-mail.")] = "khong-tra-loi@localhost"

    log_format: Annotated[
        LogFormat | None,
        Field(description="Form of log lines; unset means json in production, pretty elsewhere."),
    ] = None
    log_level: Annotated[
        str, Field(description="Least severe level written: DEBUG, INFO, WARNING, ERROR.")
    ] = "INFO"
    metrics_token: Annotated[
        SecretStr,
        Field(description="Bearer token that reads /metrics from another machine; empty: this machine only."),
    ] = SecretStr("")

    @property
    def second_factor_required(self) -> bool:
        return self.is_production if self.second_factor is None else self.second_factor

    @property
    def is_production(self) -> bool:
        return self.mode is Mode.PRODUCTION

    @property
    def offers_demo_sign_in(self) -> bool:
        return self.mode is Mode.DEMO if self.demo_sign_in is None else self.demo_sign_in

    @property
    def has_secure_cookies(self) -> bool:
        return self.is_production if self.secure_cookies is None else self.secure_cookies

    @property
    def writes_json_logs(self) -> bool:
        return self.is_production if self.log_format is None else self.log_format is LogFormat.JSON


@cache
def node() -> Node:
    """Return the settings of this process, read once. Raises BadConfiguration with every fault at once."""
    faults = [f"{name} is no setting of motcua (see docs/settings.md)" for name in unknown_variables()]
    try:
        found = Node()
    except ValidationError as wrong:
        faults += [f"{variable_of(str(fault['loc'][0]))}: {fault['msg']}" for fault in wrong.errors()]
    else:
        faults += unfinished(found)
        if found.is_production:
            faults += unsafe(found)
    if faults:
        raise BadConfiguration(faults=faults)
    return found


def variable_of(field: str) -> str:
    """Return the environment variable that sets ``field``."""
    return (
        field if field.isupper() else "DATABASE_URL" if field == "database_url" else f"MOTCUA_{field.upper()}"
    )


def unknown_variables() -> list[str]:
    """Return ``MOTCUA_*`` variables of the environment that no setting reads."""
    known = {f"MOTCUA_{name.upper()}" for name in Node.model_fields}
    return sorted(name for name in os.environ if name.startswith("MOTCUA_") and name not in known)


def unfinished(given: Node) -> list[str]:
    """Return what is missing in any mode: settings that need each other."""
    faults = []
    if given.storage is Storage.S3 and not (given.s3_bucket and given.s3_access_key):
        faults.append(
            "MOTCUA_STORAGE=s3 needs MOTCUA_S3_BUCKET, MOTCUA_S3_ACCESS_KEY and MOTCUA_S3_SECRET_KEY"
        )
    if given.oidc_issuer and not (given.oidc_client_id and given.oidc_client_secret):
        faults.append("MOTCUA_OIDC_ISSUER needs MOTCUA_OIDC_CLIENT_ID and MOTCUA_OIDC_CLIENT_SECRET")
    if not given.languages or not set(given.languages) <= {"vi", "en"}:
        faults.append("MOTCUA_LANGUAGES: vi and en are the languages there are")
    if given.log_level not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        faults.append("MOTCUA_LOG_LEVEL: DEBUG, INFO, WARNING or ERROR")
    if given.database_url and not given.database_url.startswith(("postgresql://", "postgres://")):
        faults.append("DATABASE_URL: starts with postgresql://")
    return faults


def unsafe(given: Node) -> list[str]:
    """Return what production refuses."""
    secret, token = given.secret_key.get_secret_value(), given.metrics_token.get_secret_value()
    rules = [
        (
            len(secret) < _SHORTEST_SECRET or len(set(secret)) < _SHORTEST_SECRET // 5,
            f"MOTCUA_SECRET_KEY: at least {_SHORTEST_SECRET} random characters; "
            "make one with `python -c 'import secrets; print(secrets.token_urlsafe(48))'`",
        ),
        (
            not given.hosts or any("*" in host for host in given.hosts),
            "MOTCUA_HOSTS: name every host; no wildcard",
        ),
        (not given.base_url.startswith("https://"), "MOTCUA_BASE_URL: has to start with https://"),
        (
            (urlsplit(given.base_url).hostname or "") not in given.hosts,
            "MOTCUA_BASE_URL: its host has to be one of MOTCUA_HOSTS",
        ),
        (bool(given.demo_sign_in), "MOTCUA_DEMO_SIGN_IN: one-click sign-in is for demos only"),
        (given.secure_cookies is False, "MOTCUA_SECURE_COOKIES: cookies over plain http are for demos only"),
        (
            any(network.prefixlen == 0 for network in given.trusted_proxies),
            "MOTCUA_TRUSTED_PROXIES: trusting every address lets anyone forge theirs",
        ),
        (
            0 < len(token) < _SHORTEST_TOKEN,
            f"MOTCUA_METRICS_TOKEN: at least {_SHORTEST_TOKEN} characters",
        ),
    ]
    return [fault for broken, fault in rules if broken]


def secret_of(given: Node) -> str:
    """Return the node's secret key; outside production an unset one is made once, readable by us alone."""
    if given.secret_key.get_secret_value():
        return given.secret_key.get_secret_value()
    path = given.var.resolve() / "keys" / "secret"
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_name(f"secret.{os.getpid()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.write(descriptor, secrets.token_urlsafe(48).encode())
        os.close(descriptor)
        try:
            os.link(draft, path)  # the first process wins; a reader never sees half a key
        except FileExistsError:
            pass
        finally:
            draft.unlink()
        return path.read_text()
    except OSError as fault:
        where = fault.filename or path
        raise BadConfiguration(faults=[f"MOTCUA_VAR: cannot use {where}: {fault.strerror}"]) from fault
