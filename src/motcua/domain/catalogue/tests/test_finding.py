"""Reading questions and ranking procedures: small rows, everyday words."""

import re
from collections import Counter
from dataclasses import replace
from typing import Final

import pytest

from motcua.domain.catalogue import queries
from motcua.domain.catalogue.rules import finding
from motcua.domain.catalogue.rules.finding.mending import distance
from motcua.domain.catalogue.rules.finding.phrases import Phrases
from motcua.domain.catalogue.rules.finding.text import from_input_method, syllable, syllables
from motcua.domain.catalogue.types.finding import Because, Facet, Filters, Reason, Synonym
from motcua.domain.catalogue.types.record import Level, OnlineLevel, Subject
from motcua.domain.catalogue.types.record_views import SearchRow

LONGEST_PHRASE: Final = 14  #: words of an everyday phrase
MOST_SHARED: Final = 2  #: procedures that may have the same one


def row(code: str, name: str, *, level: Level = Level.COMMUNE, field: str = "Hộ tịch") -> SearchRow:
    return SearchRow(
        code=code,
        name=name,
        keywords=(),
        description="",
        ministry="Bộ Tư pháp",
        field=field,
        levels=(level,),
        subjects=(Subject.CITIZEN,),
        online_level=OnlineLevel.FULL,
        performers=("Ủy ban nhân dân cấp xã",),
        result_names=(),
        component_names=("Tờ khai theo mẫu",),
        legal_numbers=(),
        life_event="",
        has_definition=False,
    )


ROWS = [
    row("1.001193", "Thủ tục đăng ký khai sinh"),
    row("1.004884", "Thủ tục đăng ký lại khai sinh"),
    row("2.000528", "Thủ tục đăng ký khai sinh có yếu tố nước ngoài"),
    row("1.000656", "Thủ tục đăng ký khai tử"),
    row("1.000894", "Thủ tục đăng ký kết hôn"),
    row("1.014064", "Cấp lại thẻ căn cước", field="Căn cước"),
    row("2.001194", "Cấp lại thẻ căn cước (thực hiện tại cấp tỉnh)", level=Level.PROVINCE, field="Căn cước"),
    row("1.014063", "Cấp đổi thẻ căn cước", field="Căn cước"),
    row("3.000347", "Đổi giấy phép lái xe", level=Level.MINISTRY, field="Giấy phép lái xe"),
    row("3.000348", "Cấp lại giấy phép lái xe", level=Level.PROVINCE, field="Giấy phép lái xe"),
    row("1.001266", "Chấm dứt hoạt động hộ kinh doanh", field="Hộ kinh doanh"),
    row("1.001612", "Đăng ký thành lập hộ kinh doanh", field="Hộ kinh doanh"),
]


@pytest.fixture(scope="module")
def index() -> finding.Index:
    return finding.Index(ROWS, finding.Lexicon(queries.shipped_words()))


def first(question: str, index: finding.Index) -> str:
    return finding.find(question, index).hits[0].code


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("làm giấy khai sinh cho con", "1.001193"),
        ("lam giay khai sinh cho con", "1.001193"),
        ("GKS", "1.001193"),
        ("giaays khai sinh", "1.001193"),
        ("dangkykhaisinh", "1.001193"),
        ("đăng ký khai sihn", "1.001193"),
        ("mất giấy khai sinh", "1.004884"),
        ("khai sinh cho con có bố là người nước ngoài", "2.000528"),
        ("bố tôi mất hôm qua", "1.000656"),
        ("mất cccd", "1.014064"),
        ("mất căn cước, hỏi ở cấp tỉnh", "2.001194"),
        ("CCCD hết hạn", "1.014063"),
        ("đổi bằng lái", "3.000347"),
        ("bằng lái bị mất", "3.000348"),
        ("mở quán cà phê", "1.001612"),
        ("nghỉ bán luôn", "1.001266"),
    ],
)
def test_everyday_words_find_the_procedure(question: str, code: str, index: finding.Index) -> None:
    assert first(question, index) == code


@pytest.mark.parametrize("code", ["1.000656", "1.000656.000.00.00.H21", " 1.000656.H21 "])
def test_a_code_finds_its_procedure_whoever_localised_it(code: str, index: finding.Index) -> None:
    found = finding.find(code, index)
    assert [hit.code for hit in found.hits] == ["1.000656"]
    assert found.hits[0].reasons[0].because is Because.CODE


def test_the_beginning_of_a_code_finds_all_that_begin_so(index: finding.Index) -> None:
    assert [hit.code for hit in finding.find("3.0003", index).hits] == ["3.000347", "3.000348"]


def test_a_hit_says_which_words_stood_for_what(index: finding.Index) -> None:
    reasons = finding.find("đổi gplx", index).hits[0].reasons
    synonym = next(reason for reason in reasons if reason.because is Because.SYNONYM)
    assert (synonym.asked, synonym.found) == ("đổi gplx", "đổi giấy phép lái xe")


def test_a_mended_word_is_said_back(index: finding.Index) -> None:
    assert finding.find("đăng ký khai sihn", index).did_you_mean == "đăng ký khai sinh"
    assert finding.find("đăng ký khai sinh", index).did_you_mean == ""


def test_a_word_typed_with_accents_is_not_taken_for_another(index: finding.Index) -> None:
    assert finding.find("quán nghỉ tết", index).did_you_mean == ""


def test_own_words_take_the_place_of_shipped_ones() -> None:
    own = Synonym(("GKS",), ("đăng ký kết hôn",))
    index = finding.Index(ROWS, finding.Lexicon(queries.shipped_words(), [own]))
    assert first("GKS", index) == "1.000894"


def test_what_people_chose_counts() -> None:
    own = Synonym(("giấy màu hồng",), (), ("1.000894",))
    index = finding.Index(ROWS, finding.Lexicon(queries.shipped_words(), [own]))
    hit = finding.find("giay mau hong", index).hits[0]
    assert (hit.code, hit.reasons[0].because) == ("1.000894", Because.CHOSEN)


def test_filters_narrow_and_are_counted_as_if_they_were_open(index: finding.Index) -> None:
    found = finding.find("cấp lại thẻ căn cước", index, filters=Filters({Facet.LEVEL: "province"}))
    assert {hit.row.levels[0] for hit in found.hits} == {Level.PROVINCE}
    assert set(found.counts[Facet.LEVEL]) >= {"commune", "province"}


@pytest.mark.parametrize(
    "question", ["", "   ", "???", "\x00", "ừ thì là mà", "z" * 500, "🙂", "1" * 80, "a.b.c"]
)
def test_questions_without_words_find_nothing_or_little_and_never_fail(
    question: str, index: finding.Index
) -> None:
    assert finding.find(question, index).total >= 0
    assert finding.suggest(question, index) is not None


def test_an_unfinished_word_is_finished(index: finding.Index) -> None:
    assert "1.000894" in {hit.code for hit in finding.suggest("đăng ký kết h", index)}


def test_an_empty_catalogue_is_searched() -> None:
    empty = finding.Index([], finding.Lexicon(queries.shipped_words()))
    assert finding.find("khai sinh", empty).hits == ()
    assert finding.browse(empty, limit=5).total == 0


def test_the_order_does_not_depend_on_the_order_of_rows() -> None:
    lexicon = finding.Lexicon(queries.shipped_words())
    one, other = finding.Index(ROWS, lexicon), finding.Index(ROWS[::-1], lexicon)
    for question in ("khai sinh", "căn cước", "đăng ký"):
        assert [h.code for h in finding.find(question, one).hits] == [
            h.code for h in finding.find(question, other).hits
        ]


def test_nobody_types_every_accent_the_same_way() -> None:
    assert syllable("hoà").exact == syllable("hòa").exact
    assert syllable("ký").plain == syllable("kí").plain == "ki"
    assert from_input_method("thuowngf") == "thuong"
    assert distance("sihn", "sinh") == 1


def test_shipped_everyday_phrases_are_short_and_shared_by_few() -> None:
    everyday = queries.shipped_words().everyday
    shared = Counter(phrase for said in everyday.values() for phrase in said)
    assert all(re.fullmatch(r"\d\.\d{6}", code) and said for code, said in everyday.items())
    assert [phrase for phrase in shared if not 1 <= len(phrase.split()) <= LONGEST_PHRASE] == []
    assert [phrase for phrase, times in shared.items() if times > MOST_SHARED] == []


def test_everyday_phrases_of_a_procedure_find_it() -> None:
    words = replace(queries.shipped_words(), everyday={"1.000894": ("về chung một nhà",), "9.999999": ("x",)})
    assert first("hai đứa muốn về chung nhà", finding.Index(ROWS, finding.Lexicon(words))) == "1.000894"


def test_one_good_phrase_outweighs_a_name_that_only_shares_words() -> None:
    said = {"1.000894": ("đóng ghe mới", "xin giấy đi biển", "ghe hết hạn"), "1.001193": ("ghe",)}
    index = finding.Index(ROWS, finding.Lexicon(replace(queries.shipped_words(), everyday=said)))
    near = index.phrases.nearest(syllables("đóng ghe mới"), least=0.0)
    assert near[index.by_code["1.000894"]].likeness == pytest.approx(1.0)
    assert near[index.by_code["1.001193"]].likeness < 0.7
    assert first("muốn đóng chiếc ghe mới", index) == "1.000894"


def test_north_and_south_short_and_long_say_one_thing() -> None:
    lexicon = finding.Lexicon(queries.shipped_words())
    assert [word.typed for word in lexicon.in_one_way(syllables("bhyt cho heo"))] == [
        "bảo",
        "hiểm",
        "y",
        "tế",
        "cho",
        "lợn",
    ]


def test_a_word_of_other_accents_is_hardly_the_same() -> None:
    said = {"1.000894": ("bò chết",), "1.001193": ("bỏ chết",)}
    index = finding.Index(ROWS, finding.Lexicon(replace(queries.shipped_words(), everyday=said)))
    near = index.phrases.nearest(syllables("bò chết"), least=0.0)
    assert near[index.by_code["1.000894"]].likeness > 1.5 * near[index.by_code["1.001193"]].likeness


def test_a_phrase_of_common_words_outweighs_words_of_other_names() -> None:
    words = replace(queries.shipped_words(), everyday={"1.000656": ("nhà chỉ còn một mình tôi",)})
    hit = finding.find("giờ nhà còn mình tôi", finding.Index(ROWS, finding.Lexicon(words))).hits[0]
    assert hit.code == "1.000656"
    assert hit.reasons[0] == Reason(Because.EVERYDAY, "nhà chỉ còn một mình tôi")


@pytest.mark.parametrize(
    ("question", "nearest"),
    [("mất cà vẹt xe", 0.999), ("mat ca vet xe", 0.999), ("xe tôi mất cà vẹt", 0.6), ("mất cá vét", 0.0)],
)
def test_likeness_knows_accents_and_word_order(question: str, nearest: float) -> None:
    phrases = Phrases([(7, "mất cà vẹt xe")], finding.Lexicon(queries.shipped_words()))
    found = phrases.nearest(syllables(question), least=0.5)
    assert (found[7].likeness if found else 0.0) >= nearest
    assert bool(found) == bool(nearest)


def test_shipped_words_hold_no_phrase_twice() -> None:
    says = [say for synonym in queries.shipped_words().synonyms for say in synonym.says]
    assert len(says) == len(set(says))
    assert all(synonym.means for synonym in queries.shipped_words().synonyms)


def test_rows_may_lack_everything_but_a_name() -> None:
    bare = replace(ROWS[0], levels=(), subjects=(), performers=(), component_names=(), ministry="", field="")
    index = finding.Index([bare], finding.Lexicon(queries.shipped_words()))
    assert first("khai sinh", index) == "1.001193"
