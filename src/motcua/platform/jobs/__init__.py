"""Work done outside a request: deferred jobs and clock-driven tasks, kept in PostgreSQL by procrastinate.

An app writes its tasks in ``tasks.py`` and registers them with ``jobs.types``; nobody else knows
procrastinate.
A job deferred inside a transaction exists only if that transaction commits. Jobs run at least once.
"""
