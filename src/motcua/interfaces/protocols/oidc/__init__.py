"""A stand-in for the national identity provider: OpenID Connect for demos and tests, never for real.

Source: OpenID Connect Core 1.0 §§ 2, 3.1, 5.3; OpenID Connect Discovery 1.0 § 3; RFC 7636 (PKCE, S256 only).
Whoever opens it may become any sample citizen; it says so on its page and refuses to start in production.

    python -m motcua.interfaces.protocols.oidc --port 8001
"""
