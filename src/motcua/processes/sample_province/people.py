"""Invented people of the sample province: names, birth dates, numbers, families and businesses, from a seed.

Personal numbers have the form of Circular 59/2021/TT-BCA (052 Bình Định, 064 Gia Lai before the merger), tax codes
that of Circular 86/2024/TT-BTC; e-mail addresses end in ``.example``, so nothing is ever sent to anybody.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from motcua.domain.identity.types import Address, OrganisationKind, Sex
from motcua.kernel.actors import Role
from motcua.kernel.text import fold
from motcua.processes.sample_province.province import ACCOUNTS, COMMUNES, HOME, POSTS, Commune

_KINH_FAMILY: Final = (
    "Nguyễn Nguyễn Nguyễn Nguyễn Trần Trần Lê Lê Phạm Võ Võ Huỳnh Huỳnh Đặng Bùi Đỗ Hồ Phan "
    "Trương Đinh Đào Lý Tạ Mai"
).split()
_KINH_MIDDLE: Final = {
    Sex.MALE: "Văn Văn Đức Minh Quốc Thanh Hữu Ngọc Anh Công Xuân Tuấn".split(),
    Sex.FEMALE: "Thị Thị Thị Ngọc Thu Thanh Kim Bích Mỹ Diệu Hồng Phương".split(),
}
_KINH_GIVEN: Final = {
    Sex.MALE: (
        "An Bình Cường Dũng Đạt Hải Hiếu Hòa Hùng Huy Khoa Lâm Long Nam Nghĩa Phong Phúc Quân "
        "Sơn Tài Thành Thắng Tiến Trung Tú Việt Vinh"
    ).split(),
    Sex.FEMALE: (
        "An Anh Chi Dung Giang Hà Hạnh Hiền Hoa Hương Lan Liên Linh Loan Mai My Nga Ngân Nhung "
        "Oanh Phượng Quyên Thảo Thủy Trang Tuyết Vân Yến"
    ).split(),
}
_JRAI_FAMILY: Final = ("Rơ Châm", "Rơ Mah", "Siu", "Ksor", "Kpă", "Nay", "Rah Lan", "Rcom", "Puih", "Rơ Lan")
_JRAI_GIVEN: Final = {
    Sex.MALE: "Thuận Phước Hùng Yơn Blơ Djuk Bơm Thăng Suin Hlơi Kleo Tuân Jút Ben Đức".split(),
    Sex.FEMALE: ("H’Bia H’Nga H’Uyên H’Lan H’Mai H’Ngọc H’Djuan H’Blit H’Yến H’Thảo H’Rin H’Điệp").split(),
}
_BAHNAR_GIVEN: Final = {
    Sex.MALE: "Plưm|Hyung|Hmưnh|Byơl|Klơch|Jrang|Hnhăn|Nglơ|Thơm|Văn Nhơn|Văn Phin".split("|"),
    Sex.FEMALE: "Thị Hồng|Yơng|Thị Mlưm|Hblơn|Thị Nhơk|Byưn|Thị Lan|Hlơch|Thị Drôk|Plơm".split("|"),
}
_STREETS: Final = (
    "Hùng Vương|Trần Phú|Lê Lợi|Phan Đình Phùng|Nguyễn Tất Thành|Cách Mạng Tháng Tám|Wừu|Lý Thường Kiệt"
    "|Trường Chinh|Quang Trung|Anh Hùng Núp|Phạm Văn Đồng|Tăng Bạt Hổ|Nguyễn Văn Trỗi|Hai Bà Trưng"
).split("|")
_HAMLETS: Final = (
    "làng Plei Ốp|làng Bồ Ô|làng Kép|làng Pơ Nang|làng Groi|làng Stơr|thôn 3|thôn 5|làng Ngol"
).split("|")
_TRADES: Final = (
    "Cà phê|Tạp hóa|Quán cơm|Nhà thuốc|Vật liệu xây dựng|Phân bón|Sửa xe|May mặc|Điện máy|"
    "Hồ tiêu|Bánh mì|Phở khô"
).split("|")
_PROVINCES_OF_BIRTH: Final = ("064", "064", "064", "052", "052")
_TAX_WEIGHTS: Final = (31, 29, 23, 19, 17, 13, 7, 5, 3)


PROVINCE_SEED: Final = 52
CITIZENS: Final = 200


@dataclass(frozen=True, slots=True)
class Someone:
    """A person to be registered."""

    full_name: str
    personal_id: str
    born_on: date
    sex: Sex
    phone: str
    email: str
    address: Address
    ethnicity: str


@dataclass(frozen=True, slots=True)
class Household:
    """A couple (or one parent), their children, and the business they run, if any."""

    adults: tuple[Someone, ...]
    children: tuple[Someone, ...]
    married_on: date | None
    business: "Business | None"


@dataclass(frozen=True, slots=True)
class Business:
    """A business of the first adult of a household."""

    name: str
    kind: OrganisationKind
    tax_code: str


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody in a seat of an agency, known by its code."""

    someone: Someone
    agency_code: str
    role: Role
    title: str
    username: str = ""


@dataclass(frozen=True, slots=True)
class Population:
    """Everybody in the sample province. ``usernames`` says who has an account, by personal number."""

    workers: tuple[Worker, ...]
    households: tuple[Household, ...]
    usernames: dict[str, str]


def populate(seed: int = PROVINCE_SEED, citizens: int = CITIZENS) -> Population:
    """Return the people of the province: always the same ones for a seed."""
    people = People(seed)
    usernames, workers, households = {}, list[Worker](), list[Household]()
    for account in ACCOUNTS:
        home = people.someone(
            account.full_name, account.sex, account.born_on, home=HOME, ethnicity=account.ethnicity
        )
        usernames[home.personal_id] = account.username
        if account.role is Role.CITIZEN:
            households.append(people.family_of(home, HOME))
        else:
            workers.append(Worker(home, account.agency_code, account.role, account.title, account.username))
    for commune in COMMUNES:
        if commune is not HOME:
            workers += [
                Worker(people.officer(commune), commune.code, post.role, post.title) for post in POSTS
            ]
    households += people.households(citizens)
    return Population(tuple(workers), tuple(households), usernames)


def a_name(random: Random, ethnicity: str, sex: Sex, family: str = "") -> str:
    """Return a name as people of this ethnicity bear it."""
    pick = random.choice
    if ethnicity == "Gia Rai":
        return f"{family or pick(_JRAI_FAMILY)} {pick(_JRAI_GIVEN[sex])}"
    if ethnicity == "Ba Na":
        return f"{family or 'Đinh'} {pick(_BAHNAR_GIVEN[sex])}"
    return f"{family or pick(_KINH_FAMILY)} {pick(_KINH_MIDDLE[sex])} {pick(_KINH_GIVEN[sex])}"


def family_name(parents: Sequence[Someone]) -> str:
    """Return whose name children bear: the mother's among the Gia Rai, the father's among the others."""
    wanted = Sex.FEMALE if parents[0].ethnicity == "Gia Rai" else Sex.MALE
    bearer = next((parent for parent in parents if parent.sex is wanted), parents[0])
    families = [family for family in _JRAI_FAMILY if bearer.full_name.startswith(family + " ")]
    return families[0] if families else bearer.full_name.split()[0]


class People:
    """Draws people that differ from one another in number, telephone and address of e-mail."""

    def __init__(self, seed: int) -> None:
        self._random = Random(f"people {seed}")
        self._taken: set[str] = set()

    def households(self, most: int) -> Iterator[Household]:
        """Yield households of all communes in turn until they have ``most`` people."""
        count, place = 0, 0
        while count < most:
            household = self._household(COMMUNES[place % len(COMMUNES)], most - count)
            count += len(household.adults) + len(household.children)
            place += 1
            yield household

    def officer(self, commune: Commune) -> Someone:
        """Return somebody of working age who lives in the commune."""
        return self.adult(commune, self._random.choice(tuple(Sex)), between=(27, 55))

    def adult(self, commune: Commune, sex: Sex, *, between: tuple[int, int] = (20, 60)) -> Someone:
        ethnicity = self._ethnicity(commune)
        return self.someone(
            self.name(ethnicity, sex), sex, self._born(*between), home=commune, ethnicity=ethnicity
        )

    def someone(
        self, full_name: str, sex: Sex, born_on: date, *, home: Commune, ethnicity: str, street: str = ""
    ) -> Someone:
        """Return a person with this name, with number, telephone and address of their own."""
        place = self._random.choice(_PROVINCES_OF_BIRTH)
        century = 2 * (born_on.year // 100 - 19) + (sex is Sex.FEMALE)
        number = self._fresh(
            lambda: f"{place}{century}{born_on.year % 100:02d}{self._random.randrange(10**6):06d}"
        )
        phone = self._fresh(
            lambda: (
                f"0{self._random.choice((905, 914, 935, 978, 382, 386, 374))}{self._random.randrange(10**6):06d}"
            )
        )
        mail = "".join(fold(full_name).replace("’", "").split()) + phone[-3:] + "@thu.example"
        return Someone(
            full_name,
            number,
            born_on,
            sex,
            phone,
            mail,
            Address(street or self.street(ethnicity), home.commune_code),
            ethnicity,
        )

    def name(self, ethnicity: str, sex: Sex, family: str = "") -> str:
        return a_name(self._random, ethnicity, sex, family)

    def street(self, ethnicity: str) -> str:
        if ethnicity != "Kinh" and self._random.random() < 0.6:
            return self._random.choice(_HAMLETS)
        return f"{self._random.randint(1, 420)} {self._random.choice(_STREETS)}"

    def family_of(self, wife: Someone, home: Commune) -> Household:
        """Return a woman with a husband and a child, so that forms have something to fill in."""
        name = self.name(wife.ethnicity, Sex.MALE)
        husband = self._housemate(wife, name, Sex.MALE, date(1991, 7, 3), home)
        child_name = self.name(wife.ethnicity, Sex.MALE, family_name([wife, husband]))
        child = self._housemate(wife, child_name, Sex.MALE, date(2021, 4, 9), home)
        return Household((wife, husband), (child,), date(2019, 2, 12), None)

    def _household(self, commune: Commune, room: int) -> Household:
        first = self.adult(commune, self._random.choice(tuple(Sex)), between=(23, 44))
        adults, children = [first], list[Someone]()
        married_on = None
        if room > 1 and self._random.random() < 0.8:
            other = Sex.FEMALE if first.sex is Sex.MALE else Sex.MALE
            born = first.born_on + timedelta(days=self._random.randint(-1500, 1500))
            name = self.name(first.ethnicity, other)
            adults.append(self._housemate(first, name, other, born, commune))
            married_on = date(max(a.born_on.year for a in adults) + 22, self._random.randint(1, 12), 12)
        family = family_name(adults)
        for _ in range(min(room - len(adults), self._random.choice((0, 1, 1, 2, 2, 3)))):
            sex = self._random.choice(tuple(Sex))
            youngest = max(a.born_on.year for a in adults) + 22
            born = date(self._random.randint(min(youngest, 2023), 2024), self._random.randint(1, 12), 9)
            name = self.name(first.ethnicity, sex, family)
            children.append(self._housemate(first, name, sex, born, commune))
        business = self._business(first) if self._random.random() < 0.25 else None
        return Household(tuple(adults), tuple(children), married_on, business)

    def _housemate(self, first: Someone, name: str, sex: Sex, born_on: date, home: Commune) -> Someone:
        ethnicity, street = first.ethnicity, first.address.street
        return self.someone(name, sex, born_on, home=home, ethnicity=ethnicity, street=street)

    def _business(self, owner: Someone) -> Business:
        trade, given = self._random.choice(_TRADES), owner.full_name.split()[-1]
        if self._random.random() < 0.3:
            return Business(f"Công ty TNHH {trade} {given}", OrganisationKind.ENTERPRISE, self._tax_code())
        return Business(f"{trade} {given}", OrganisationKind.HOUSEHOLD_BUSINESS, owner.personal_id)

    def _tax_code(self) -> str:
        """Return ten digits of which the tenth is the check digit."""
        while True:
            nine = f"59{self._random.randrange(10**7):07d}"
            check = 10 - sum(int(d) * w for d, w in zip(nine, _TAX_WEIGHTS, strict=True)) % 11
            if check < 10 and nine not in self._taken:
                self._taken.add(nine)
                return f"{nine}{check}"

    def _ethnicity(self, commune: Commune) -> str:
        drawn = self._random.randrange(10)
        if drawn < commune.jrai:
            return "Gia Rai"
        return "Ba Na" if drawn < commune.jrai + commune.bahnar else "Kinh"

    def _born(self, youngest: int, oldest: int) -> date:
        return date(2025, 1, 1) - timedelta(days=self._random.randint(youngest * 366, oldest * 365))

    def _fresh(self, draw: Callable[[], str]) -> str:
        while (value := draw()) in self._taken:
            pass
        self._taken.add(value)
        return value
