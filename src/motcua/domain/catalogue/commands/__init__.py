"""Change the catalogue."""

from motcua.domain.catalogue.commands.publishing import publish, publish_shipped

__all__ = ["publish", "publish_shipped"]
