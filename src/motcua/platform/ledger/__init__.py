"""The ledger: an append-only Merkle log of every deed, in the hashing of RFC 6962 § 2.1 (RFC 9162 § 2.1).

Every command appends one leaf in its own transaction. A sequencer gives committed leaves their
place afterwards, so that appending shares no lock between writers. Once a minute the node signs the
root of the tree; whoever holds one of those heads can tell whether anything before it was changed.

Source: Law on Electronic Transactions 20/2023/QH15, article 9 (integrity of a data message as original).
"""
