"""Flows that cross systems: one file per flow, named as a sentence. They hear events and call commands."""
