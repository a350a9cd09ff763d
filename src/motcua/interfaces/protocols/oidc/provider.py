"""What the stand-in promises and signs. State lives in memory: it forgets everyone when it stops."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from motcua.domain.identity.types import PersonView

GRANT_LIFE: Final = timedelta(minutes=2)
TOKEN_LIFE: Final = timedelta(minutes=10)
KEY_ID: Final = "stand-in"


class Rejected(ValueError):
    """The request breaks the protocol; the text is the error code of RFC 6749 § 5.2."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A well-formed authorisation request."""

    client_id: str
    redirect_uri: str
    state: str
    nonce: str
    challenge: str


@dataclass(frozen=True, slots=True)
class Grant:
    ask: Ask
    person: PersonView
    until: datetime


@dataclass(slots=True)
class Provider:
    """One issuer with one client."""

    issuer: str
    client_id: str
    client_secret: str
    redirect_uris: frozenset[str]
    key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))
    codes: dict[str, Grant] = field(default_factory=dict)
    tokens: dict[str, Grant] = field(default_factory=dict)

    def discovery(self) -> dict[str, object]:
        """Return the provider's description of itself."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
            "code_challenge_methods_supported": ["S256"],
            "scopes_supported": ["openid", "profile"],
        }

    def jwks(self) -> dict[str, object]:
        """Return the public key that proves the identity tokens."""
        key = jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return {"keys": [{**key, "kid": KEY_ID, "use": "sig", "alg": "RS256"}]}

    def asked(self, query: Mapping[str, str]) -> Ask:
        """Read an authorisation request. Raises Rejected; then nobody may be redirected anywhere."""
        ask = Ask(
            client_id=query.get("client_id", ""),
            redirect_uri=query.get("redirect_uri", ""),
            state=query.get("state", ""),
            nonce=query.get("nonce", ""),
            challenge=query.get("code_challenge", ""),
        )
        if ask.client_id != self.client_id or ask.redirect_uri not in self.redirect_uris:
            raise Rejected("unauthorized_client")
        if query.get("response_type") != "code" or query.get("code_challenge_method") != "S256":
            raise Rejected("invalid_request")
        if not ask.challenge:
            raise Rejected("invalid_request")
        return ask

    def grant(self, ask: Ask, person: PersonView, *, at: datetime) -> str:
        """Return a code that can be exchanged once, soon."""
        code = secrets.token_urlsafe(32)
        self.codes[code] = Grant(ask, person, at + GRANT_LIFE)
        return code

    def exchange(self, form: Mapping[str, str], *, at: datetime) -> dict[str, object]:
        """Exchange a code for tokens. Raises Rejected."""
        known = hmac.compare_digest(form.get("client_secret", "").encode(), self.client_secret.encode())
        if form.get("client_id") != self.client_id or not known:
            raise Rejected("invalid_client")
        grant = self.codes.pop(form.get("code", ""), None)
        if grant is None or grant.until < at or grant.ask.redirect_uri != form.get("redirect_uri"):
            raise Rejected("invalid_grant")
        if not hmac.compare_digest(challenge_of(form.get("code_verifier", "")), grant.ask.challenge):
            raise Rejected("invalid_grant")
        token = secrets.token_urlsafe(32)
        self.tokens[token] = Grant(grant.ask, grant.person, at + TOKEN_LIFE)
        return {
            "access_token": token,
            "token_type": "Bearer",
            "expires_in": int(TOKEN_LIFE.total_seconds()),
            "id_token": self._signed(grant, at=at),
        }

    def userinfo(self, token: str, *, at: datetime) -> dict[str, object]:
        """Return what is known of the person behind an access token. Raises Rejected."""
        grant = self.tokens.get(token)
        if grant is None or grant.until < at:
            raise Rejected("invalid_token")
        return claims(grant.person)

    def _signed(self, grant: Grant, *, at: datetime) -> str:
        said = claims(grant.person) | {
            "iss": self.issuer,
            "aud": self.client_id,
            "iat": int(at.timestamp()),
            "exp": int((at + TOKEN_LIFE).timestamp()),
        }
        if grant.ask.nonce:
            said["nonce"] = grant.ask.nonce
        return jwt.encode(said, self.key, algorithm="RS256", headers={"kid": KEY_ID})


def claims(person: PersonView) -> dict[str, object]:
    """Return what the stand-in vouches for, always at level 2."""
    return {
        "sub": person.id.hex,
        "personal_id": person.personal_id,
        "name": person.full_name,
        "birthdate": person.born_on.isoformat() if person.born_on else "",
        "gender": person.sex.value if person.sex else "",
        "acr": "2",
    }


def challenge_of(verifier: str) -> str:
    """Return the S256 challenge of a code verifier. Source: RFC 7636 § 4.2."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
