"""Deeds done to agencies, their people and calendars: one function each, one transaction each.

Changes are written forwards: each names the first day on which it holds (``since``), closes the row that held
until then and opens the next. A change on the day the present row began corrects that row.
"""

from motcua.domain.agencies.commands.calendars import (
    clear_calendar_day,
    fill_calendar,
    import_calendar_days,
    set_calendar_day,
    set_office_hours,
)
from motcua.domain.agencies.commands.people import (
    appoint,
    close_counter,
    delegate,
    end_seat,
    open_counter,
)
from motcua.domain.agencies.commands.territory import import_level_one, import_vietnam
from motcua.domain.agencies.commands.tree import (
    close_agency,
    correct_contact,
    give_code,
    merge_agencies,
    move_agency,
    open_agency,
    rename_agency,
    replace_agency,
    split_agency,
)

__all__ = [
    "appoint",
    "clear_calendar_day",
    "close_agency",
    "close_counter",
    "correct_contact",
    "delegate",
    "end_seat",
    "fill_calendar",
    "give_code",
    "import_calendar_days",
    "import_level_one",
    "import_vietnam",
    "merge_agencies",
    "move_agency",
    "open_agency",
    "open_counter",
    "rename_agency",
    "replace_agency",
    "set_calendar_day",
    "set_office_hours",
    "split_agency",
]
