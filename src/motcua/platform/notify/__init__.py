"""Tell people: an in-app inbox and messages through channels, with a log of every attempt to reach them.

A notice is a kind and its facts; its words live in templates of the design system, rendered when it is sent
and when it is shown. This app knows no persons: who they are and how they are reached, a ``Directory`` says.
"""
