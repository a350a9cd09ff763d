"""One embedded PostgreSQL for the whole test run; every worker gets its own database."""
