"""What the ledger computes: canonical text, Merkle hashes and proofs, tiles, signed notes. No I/O."""
