"""Change the catalogue."""

from motcua.domain.catalogue.commands.drafts import (
    approve_definition,
    discard_definition,
    return_definition,
    roll_back,
    start_definition,
    submit_definition,
    write_definition,
)
from motcua.domain.catalogue.commands.local_rules import end_local_rule, make_local_rule
from motcua.domain.catalogue.commands.publishing import (
    publish,
    publish_shipped,
)
from motcua.domain.catalogue.commands.record_imports import (
    begin_import,
    confirm_import,
    import_records,
    read_upload,
    write_upload,
)
from motcua.domain.catalogue.commands.records import (
    abolish,
    announce_record,
    say_whether_clear,
)
from motcua.domain.catalogue.commands.searches import (
    accept_candidate,
    add_synonym,
    decline_candidate,
    note_choice,
    retire_synonym,
)

__all__ = [
    "abolish",
    "accept_candidate",
    "add_synonym",
    "announce_record",
    "approve_definition",
    "begin_import",
    "confirm_import",
    "decline_candidate",
    "discard_definition",
    "end_local_rule",
    "import_records",
    "make_local_rule",
    "note_choice",
    "publish",
    "publish_shipped",
    "read_upload",
    "retire_synonym",
    "return_definition",
    "roll_back",
    "say_whether_clear",
    "start_definition",
    "submit_definition",
    "write_definition",
    "write_upload",
]
