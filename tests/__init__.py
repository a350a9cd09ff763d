"""Tests about the system itself: what holds for every route, command, event, table, setting and template."""
