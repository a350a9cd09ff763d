"""A sample province to try the node with: Gia Lai, its offices and invented people, and what they asked for.

Bodies, communes and their codes are real (Resolution 1664/NQ-UBTVQH15 of 16/06/2025; Decision 20/2020/QĐ-TTg for
H21); codes below level one of communes, all people, businesses and dossiers are invented. Everything is made by the
commands an administrator would use, from a seed: the same seed makes the same province.
"""
