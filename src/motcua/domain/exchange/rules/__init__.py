"""How a package is read, written and judged; the life of a document; the arithmetic of the vendor's client."""
