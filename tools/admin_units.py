"""Write the tables of territory that ship with the agencies app.

Source: the statistics office's lists of provinces, districts and communes before 1 July 2025 and after, and
its table of conversion, as read from the package vietnam-provinces 2026.9.0 (it needs a newer Python than
we do, so its wheel is unpacked and read, not installed):

    pip download --no-deps --ignore-requires-python vietnam-provinces==2026.9.0 && unzip -d FOLDER *.whl
    python -m tools.admin_units FOLDER
"""

import csv
import importlib
import sys
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType

DATA = Path(__file__).parent.parent / "src/motcua/domain/agencies/data"
REFORM, LAST_DAY = (
    "2025-07-01",
    "2025-06-30",
)  #: Resolution 202/2025/QH15; the Law on local government, no. 72/2025/QH15
DONG_NAI = "2026-04-30"  #: the province became a city, ten of its communes wards
CITY_SINCE = {
    "75": DONG_NAI,
    # Cities in the list of 20 September 2026, provinces in earlier ones; the day is not in our sources.
    "22": "2026-09-20",
    "24": "2026-09-20",
}
WARD_SINCE_DONG_NAI = frozenset(
    ("26326", "25363", "25270", "26368", "26485", "25357", "26116", "26248", "26170", "26425")
)
#: communes formed in the first weeks of 2025: in the table of conversion, not yet in the older list
LATE = {3980: "Phường Mộc Lỵ", 3983: "Phường Bình Minh", 3984: "Phường Cờ Đỏ"}
#: the same ward under the code it had before the first weeks of 2025, then under the later one
RECODED = {26935: 26929, 26959: 26953, 27067: 27076, 27217: 27226, 27223: 27232, 27361: 27367, 27379: 27373}
#: named by the resolutions themselves, missing from the table of conversion
NAMED = {1651: 1648, 2482: 2494, 4060: 4075, 16387: 16378}
#: districts that had no communes became special zones
ISLANDS = {318: 11948, 471: 19742, 498: 20333, 536: 21548, 755: 26732}
KINDS = ("Thành phố", "Thị trấn", "Thị xã", "Đặc khu", "Phường", "Huyện", "Tỉnh", "Quận", "Xã")

Row = tuple[str, str, str, str, str, str]


def words(name: str) -> str:
    """Return ``name`` with single spaces and its kind in the usual letters."""
    tidy = " ".join(name.replace("’", "'").split())
    kind = next(kind for kind in KINDS if tidy.lower().startswith(kind.lower()))
    return kind + tidy[len(kind) :]


def kind_of(name: str) -> str:
    """Return the kind a name begins with."""
    return next(kind for kind in KINDS if name.startswith(kind)).lower()


def eve(day: str) -> str:
    """Return the day before."""
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def today(package: ModuleType) -> Iterable[Row]:
    """Yield provinces and communes since the reform."""
    for province in package.Province.iter_all():
        code, name = f"{province.code:02}", words(province.name)
        if code in CITY_SINCE:
            before = name.replace("Thành phố", "Tỉnh")
            yield code, kind_of(before), before, "", REFORM, eve(CITY_SINCE[code])
        yield code, kind_of(name), name, "", CITY_SINCE.get(code, REFORM), ""
    for ward in package.Ward.iter_all():
        code, name, parent = f"{ward.code:05}", words(ward.name), f"{ward.province_code:02}"
        if code in WARD_SINCE_DONG_NAI:
            yield code, "xã", name, parent, REFORM, eve(DONG_NAI)
            yield code, "phường", name.replace("Xã", "Phường"), parent, DONG_NAI, ""
        else:
            yield code, kind_of(name), name, parent, REFORM, ""


def before(legacy: ModuleType, conversion: ModuleType) -> Iterable[Row]:
    """Yield provinces, districts and communes until the reform."""
    for province in legacy.Province.iter_all():
        name = words(province.name)
        yield f"{province.code:02}", kind_of(name), name, "", "", LAST_DAY
    for district in legacy.District.iter_all():
        name = words(district.name)
        yield f"{district.code:03}", kind_of(name), name, f"{district.province_code:02}", "", LAST_DAY
    for ward in legacy.Ward.iter_all():
        name = words(ward.name)
        code = RECODED.get(int(ward.code), int(ward.code))
        yield f"{code:05}", kind_of(name), name, f"{ward.district_code:03}", "", LAST_DAY
    for code, name in LATE.items():
        district = conversion.OLD_TO_NEW[code].old_ward.district_code
        yield f"{code:05}", kind_of(name), name, f"{district:03}", "", LAST_DAY


def lineage(wards: ModuleType, provinces: ModuleType) -> Iterable[tuple[str, str, str]]:
    """Yield (old code, new code, 1 if only a part went there)."""
    heirs: dict[int, Counter[int]] = {}
    for entry in wards.OLD_TO_NEW.values():
        for new in entry.new_wards:
            heirs.setdefault(entry.old_ward.province_code, Counter())[new.province_code] += 1
            yield f"{entry.old_ward.code:05}", f"{new.code:05}", "1" if len(entry.new_wards) > 1 else ""
    for old, code in NAMED.items():
        yield f"{old:05}", f"{code:05}", ""
    for old, code in ISLANDS.items():
        yield f"{old:03}", f"{code:05}", ""
    for entry in provinces.OLD_TO_NEW.values():
        # Every old province went whole into one; a lone commune filed elsewhere is a slip of the table.
        old = entry.old_province.code
        yield f"{old:02}", f"{heirs[old].most_common(1)[0][0]:02}", ""


def write(name: str, header: str, rows: Iterable[tuple[str, ...]]) -> None:
    """Write one table, sorted, so that a new edition reads as a diff."""
    with (DATA / name).open("w", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(header.split(","))
        table.writerows(sorted(rows))


def main(folder: str) -> None:
    """Read the unpacked package in ``folder`` and write both tables."""
    sys.path.insert(0, folder)
    package, legacy = (importlib.import_module(f"vietnam_provinces{part}") for part in ("", ".legacy"))
    wards = importlib.import_module("vietnam_provinces._ward_conversion_2025")
    provinces = importlib.import_module("vietnam_provinces._province_conversion_2025")
    header = "code,kind,name,parent_code,valid_from,valid_to"
    write("admin_units.csv", header, [*before(legacy, wards), *today(package)])
    write("admin_unit_lineage.csv", "old_code,new_code,is_partial", lineage(wards, provinces))


if __name__ == "__main__":
    main(sys.argv[1])
