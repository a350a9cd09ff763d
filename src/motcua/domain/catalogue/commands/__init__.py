"""Change the catalogue."""

from motcua.domain.catalogue.commands.publishing import publish, publish_shipped
from motcua.domain.catalogue.commands.record_imports import (
    begin_import,
    confirm_import,
    import_records,
    read_upload,
    write_upload,
)
from motcua.domain.catalogue.commands.records import abolish, announce_record, say_whether_clear

__all__ = [
    "abolish",
    "announce_record",
    "begin_import",
    "confirm_import",
    "import_records",
    "publish",
    "publish_shipped",
    "read_upload",
    "say_whether_clear",
    "write_upload",
]
