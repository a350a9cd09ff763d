"""Keys of the node itself: Ed25519 (RFC 8032) signatures under which it vouches for its own records.

Private keys are files that never enter the database or a log; public keys are dated rows, kept for
ever, so that what an old key signed can still be checked. The signatures of officers and agencies on
documents are another matter (Law on Electronic Transactions 20/2023/QH15, chapter III).
"""
