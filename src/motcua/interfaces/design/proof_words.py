"""The words of findings: what the proof of a definition found, said to whoever writes it.

Every code a finding can carry stands here; a test sees to it. Facts are only ever filled in.
"""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from motcua.domain.catalogue.types import Finding, FindingClass

LONGEST_FACT: Final = 120  #: characters of a fact that are shown

_GRAMMAR: Final = _("Không đúng khuôn mẫu định nghĩa: {says}")
_GRAMMAR_WORDS: Final[Mapping[str, str]] = {
    "unreadable": _("Không đọc được tệp: {says}"),
    "too_large": _("Tệp quá lớn; nhiều nhất {says} byte."),
    "circular": _("Các điều kiện phụ thuộc vòng tròn: {says}"),
    "unknown_name": _("Biểu thức nhắc đến câu hỏi không có: {says}"),
    "unknown_part": _("Câu trả lời không có phần này: {says}"),
    "unknown_function": _("Không có hàm này: {says}"),
    "kinds_differ": _("Biểu thức trộn hai loại dữ liệu: {says}"),
    "not_a_condition": _("Chỗ này cần một điều kiện đúng hoặc sai, không phải {says}."),
    "not_a_list": _("Chỗ này cần một danh sách, không phải {says}."),
    "not_a_date": _('Chỗ này cần một ngày viết sẵn, như date("2026-01-31").'),
    "unknown": _("Nhắc đến phần không có: {says}"),
    "missing": _("Thiếu phần bắt buộc."),
    "extra_forbidden": _("Không có phần nào tên như vậy."),
}
WORDS: Final[Mapping[tuple[FindingClass, str], str]] = {
    (FindingClass.UNREACHABLE, "never_section"): _("Phần này không bao giờ hiện: điều kiện không thể đúng."),
    (FindingClass.UNREACHABLE, "never_question"): _(
        "Câu hỏi này không bao giờ hiện: điều kiện không thể đúng."
    ),
    (FindingClass.UNREACHABLE, "never_require_when"): _("Điều kiện bắt buộc này không bao giờ đúng."),
    (FindingClass.UNREACHABLE, "never_paper"): _("Giấy tờ này không bao giờ cần: điều kiện không thể đúng."),
    (FindingClass.UNREACHABLE, "never_case"): _("Không hồ sơ nào thuộc trường hợp này."),
    (FindingClass.UNREACHABLE, "never_step"): _("Không hồ sơ nào qua bước này: điều kiện không thể đúng."),
    (FindingClass.UNREACHABLE, "never_fee"): _(
        "Không hồ sơ nào phải nộp khoản này: điều kiện không thể đúng."
    ),
    (FindingClass.UNREACHABLE, "never_reduction"): _(
        "Không ai được giảm khoản này: điều kiện không thể đúng."
    ),
    (FindingClass.UNREACHABLE, "never_limit"): _(
        "Thời hạn này không dùng cho hồ sơ nào: mục đứng trước đã bao trùm."
    ),
    (FindingClass.UNREACHABLE, "not_found"): _(
        "Chưa tìm được câu trả lời nào làm điều kiện này đúng; hãy xem lại."
    ),
    (FindingClass.ALWAYS, "always_holds"): _("Điều kiện này luôn đúng, nên không phân biệt gì; hãy bỏ đi."),
    (FindingClass.UNANSWERABLE, "no_allowed_answer"): _(
        "Không có câu trả lời nào được chấp nhận cho “{label}”."
    ),
    (FindingClass.UNANSWERABLE, "checks_never_pass"): _(
        "Không câu trả lời nào cho “{label}” qua được các phép kiểm tra."
    ),
    (FindingClass.UNANSWERABLE, "never_computed"): _(
        "“{label}” được tính từ câu khác nhưng không bao giờ tính ra."
    ),
    (FindingClass.UNANSWERABLE, "computed_required"): _(
        "“{label}” được tính sẵn, không ai gõ vào; điều kiện bắt buộc không có tác dụng."
    ),
    (FindingClass.DEAD_END, "no_reception"): _("Có hồ sơ không có bước tiếp nhận nào."),
    (FindingClass.DEAD_END, "no_handling"): _("Có hồ sơ không có bước thẩm định nào."),
    (FindingClass.DEAD_END, "no_decision"): _("Có hồ sơ không đến được bước quyết định."),
    (FindingClass.DEAD_END, "never_joined"): _(
        "Nhánh kết thúc ở bước “{step}” không được bước nào chờ: quyết định sẽ ban hành mà thiếu nó."
    ),
    (FindingClass.DEAD_END, "returns_nowhere"): _(
        "Bước “{step}” trả về bước “{to}”, nhưng có hồ sơ không đi qua bước đó."
    ),
    (FindingClass.DEAD_END, "returns_aside"): _(
        "Bước “{step}” trả về bước “{to}” ở một nhánh khác, không đứng trước nó."
    ),
    (FindingClass.HOURS_DIFFER, "hours_differ"): _(
        "Giờ các bước cộng lại là {hours}, thời hạn công bố là {limit} giờ làm việc."
    ),
    (FindingClass.FEE, "same_fee_twice"): _("Hai khoản cùng tên “{name}” được thu cùng lúc."),
    (FindingClass.FEE, "no_basis"): _("Khoản thu hoặc mức giảm này chưa có căn cứ pháp lý."),
    (FindingClass.FEE, "basis_not_listed"): _(
        "“{basis}” không có trong danh sách căn cứ pháp lý của thủ tục."
    ),
    (FindingClass.FEE, "costs_nothing"): _("Khoản này không có mức thu nào."),
    (FindingClass.FEE, "not_a_count"): _("“{question}” không phải số nguyên nên không đếm được."),
    (FindingClass.FEE, "count_missing"): _(
        "Có hồ sơ phải nộp khoản này mà không có câu trả lời cho “{question}” để đếm."
    ),
    (FindingClass.FEE, "negative"): _("Công thức có thể cho số âm ({dong} đồng)."),
    (FindingClass.FEE, "zero"): _("Công thức có thể cho 0 đồng dù không ai được miễn."),
    (FindingClass.FEE, "tier_never"): _("Không hồ sơ nào đến bậc này: “{question}” nhiều nhất là {maximum}."),
    (FindingClass.FEE, "tier_gap"): _("“{question}” có thể âm; không bậc nào tính cho số âm."),
    (FindingClass.FEE, "key_twice"): _("Mã mức giảm bị trùng: {keys}."),
    (FindingClass.FEE, "reductions_disagree"): _(
        "Hai mức giảm cùng lý do áp dụng cùng lúc mà khác nhau: {first}% và {second}%."
    ),
    (FindingClass.RULE_FAILS, "unanswered"): _("Không tính được khi thiếu một câu trả lời không bắt buộc."),
    (FindingClass.RULE_FAILS, "division_by_zero"): _("Chia cho 0."),
    (FindingClass.RULE_FAILS, "overflow"): _("Số quá lớn; hãy đặt mức tối đa cho câu hỏi."),
    (FindingClass.RULE_FAILS, "out_of_range"): _("Lấy một dòng mà bảng không có."),
    (FindingClass.RULE_FAILS, "too_much"): _("Tính quá nhiều bước khi bảng đầy; hãy viết đơn giản hơn."),
    (FindingClass.MISSING_PART, "blank"): _("Phần bắt buộc còn trống: {part}."),
    (FindingClass.MISSING_PART, "no_papers"): _("Chưa có thành phần hồ sơ nào."),
    (FindingClass.MISSING_PART, "no_copies"): _("Chưa nói cần mấy bản chính, mấy bản sao."),
    (FindingClass.MISSING_PART, "nobody_signs"): _("Kết quả chưa có chỗ ký nào."),
    (FindingClass.MISSING_PART, "not_translated"): _("Chưa dịch sang tiếng Anh: “{text}”."),
    (FindingClass.RESULT_HOLE, "unknown_template"): _("Không có mẫu kết quả tên “{template}”."),
    (FindingClass.RESULT_HOLE, "says_nothing"): _("Kết quả không in câu nào và dòng nào."),
    (FindingClass.RESULT_HOLE, "not_printed"): _(
        "Mẫu “{template}” không in dòng và đoạn; chỉ mẫu “official” in."
    ),
    (FindingClass.RESULT_HOLE, "fact_not_printed"): _("Mẫu “{template}” không in “{fact}”."),
    (FindingClass.RESULT_HOLE, "fact_missing"): _(
        "Kết quả in “{question}” nhưng có hồ sơ không có câu trả lời đó."
    ),
    (FindingClass.RESULT_HOLE, "unknown_place"): _("Đoạn văn có chỗ {place} không phải câu hỏi nào."),
    (FindingClass.RESULT_HOLE, "place_empty"): _("Chỗ {place} trong đoạn văn có thể bị bỏ trống."),
    (FindingClass.HELD_BY_REGISTER, "held"): _(
        "Hỏi “{question}” dù cơ sở dữ liệu {register} đã có ({source}); hãy lấy sẵn từ đó."
    ),
    (FindingClass.HELD_BY_REGISTER, "exempt"): _(
        "Vẫn hỏi “{question}” dù đã có: {reason} (người ký: {signed_by}, {decision})."
    ),
    (FindingClass.HELD_BY_REGISTER, "no_source"): _("Không cơ sở dữ liệu nào của nơi này có “{source}”."),
    (FindingClass.ASKED_TWICE, "same_words"): _("Hai câu hỏi cùng lời trong một phần: “{question}”."),
    (FindingClass.ASKED_TWICE, "same_source"): _("“{question}” lấy cùng một thông tin với câu “{first}”."),
    (FindingClass.UNTESTED, "no_tests"): _("Định nghĩa chưa có trường hợp thử nào."),
    (FindingClass.UNTESTED, "case"): _("Chưa có trường hợp thử cho “{name}”."),
    (FindingClass.UNTESTED, "fee"): _("Chưa có trường hợp thử cho khoản thu “{name}”."),
    (FindingClass.UNTESTED, "paper"): _("Chưa có trường hợp thử cho giấy tờ “{name}”."),
}


def said(finding: Finding) -> str:
    """Return what ``finding`` says, in the language of the moment."""
    if finding.kind is FindingClass.UNREADABLE:
        text = _GRAMMAR_WORDS.get(finding.what, _GRAMMAR)
    else:
        text = WORDS[finding.kind, finding.what]
    facts = {name: fact[:LONGEST_FACT] for name, fact in finding.facts.items()}
    return gettext(text).format_map(facts)
