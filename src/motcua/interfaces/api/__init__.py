"""The REST interface for programs: ``/api/v1``, OpenAPI 3.1.

Sources: RFC 9110 (HTTP), RFC 9457 (problems), RFC 8288 (links), RFC 6750 (bearer tokens), and
draft-ietf-httpapi-idempotency-key-header. Operations share commands and queries with the pages and hold
no rules.
"""
