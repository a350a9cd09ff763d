"""A request sent twice takes effect once, and is answered twice with the same words.

Source: IETF draft-ietf-httpapi-idempotency-key-header. The key, the deed and its answer are one transaction:
no crash leaves one without the others.
"""
