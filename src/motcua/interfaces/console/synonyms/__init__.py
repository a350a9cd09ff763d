"""The words of the search: the node's own synonyms, and what people's choices teach."""
