"""The lines of a dossier: papers to file, papers only to show, and remarks in between.

Source: records of the national portal: a line is a paper with originals and copies ("1 bản chính, 0 bản sao"), under
a case or under "Giấy tờ phải nộp" / "Giấy tờ phải xuất trình"; a line with neither is a remark.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from motcua.domain.catalogue.types.record import Component
from motcua.kernel.text import fold

NO_GROUP = frozenset({"", "-", "--"})  #: how portals write that a line belongs to no case
_REMARKS = frozenset({"luu y", "ghi chu", "chu y"})


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of one case, in their order. ``title`` is empty for what belongs to every case."""

    number: int  #: 0 is what belongs to every case
    title: str
    is_presented: bool
    is_remark: bool
    papers: tuple[Component, ...]
    remarks: tuple[Component, ...]


def is_remark(line: Component) -> bool:
    """Tell whether the line explains instead of asking: no originals, no copies."""
    return line.originals == 0 and line.copies == 0


def is_presented(line: Component) -> bool:
    """Tell whether the paper is only shown, not filed ("Giấy tờ phải xuất trình")."""
    return is_presented_group(line.group)


def is_presented_group(title: str) -> bool:
    """Tell whether a group is of papers to show."""
    words = fold(title)
    return "xuat trinh" in words and "phai nop" not in words and "hoac gui" not in words


def groups(lines: Iterable[Component]) -> tuple[Group, ...]:
    """Return the lines by case: first what belongs to every case, then each case in the order it appears."""
    by_title: dict[str, list[Component]] = {}
    for line in lines:
        title = "" if line.group.strip() in NO_GROUP else line.group
        by_title.setdefault(title, []).append(line)
    titles = sorted(by_title, key=bool)  # stable: "" first, the rest as they came
    first = 0 if "" in by_title else 1
    return tuple(_group(number, title, by_title[title]) for number, title in enumerate(titles, start=first))


def _group(number: int, title: str, lines: list[Component]) -> Group:
    papers = tuple(line for line in lines if not is_remark(line))
    remarks = tuple(line for line in lines if is_remark(line))
    said = fold(title)
    explains = not papers or said in _REMARKS
    return Group(number, title, is_presented_group(title), explains, papers, remarks)
