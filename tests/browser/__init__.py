"""Journeys in a real Chromium against a real server, and what holds for every page on the way."""
