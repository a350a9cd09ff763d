"""Finding a procedure in the words people use: a small search engine in plain Python, for one language.

A question is read (``reading``) into concepts with what they stand for, the deed asked and the level named; the index
(``index``) knows which words each procedure holds and where (BM25F: Robertson and Zaragoza, 2009); ``ranking`` brings
both together, says why, and prefers the plain case that most people are in. What is language is data (``Words``).
"""

from motcua.domain.catalogue.rules.finding.index import Index
from motcua.domain.catalogue.rules.finding.lexicon import Lexicon
from motcua.domain.catalogue.rules.finding.narrowing import NO_FILTERS, counts
from motcua.domain.catalogue.rules.finding.ranking import browse, find, suggest
from motcua.domain.catalogue.rules.finding.shapes import read_words

__all__ = ["NO_FILTERS", "Index", "Lexicon", "browse", "counts", "find", "read_words", "suggest"]
