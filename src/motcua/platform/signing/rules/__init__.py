"""Ed25519, plainly. Source: RFC 8032 (signature), RFC 8410 (PEM)."""
