"""The words of refusals: what happened, and what to do next. Shared by pages, API and forms.

Every code a refusal can carry stands here; a test of the whole system sees to it. A fact a sentence names is
written for people by the word after its colon: ``{limit:size}``, ``{fee_dong:money}``, ``{valid_from:day}``.
Facts are only ever filled in, never read as a sentence, and templates escape what comes out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from string import Formatter
from typing import Any, Final

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _

from motcua.interfaces.design import formats, identifiers
from motcua.kernel.actors import Role
from motcua.kernel.identifiers import NotAnIdentifier, Reason
from motcua.kernel.money import Money

LONGEST_FACT: Final = 80  #: characters of a fact that are shown


@dataclass(frozen=True, slots=True)
class Words:
    """What to tell a person who was refused."""

    happened: str
    next_step: str


ROLES: Final[Mapping[str, str]] = {
    Role.CITIZEN: _("người dân"),
    Role.CLERK: _("cán bộ một cửa"),
    Role.HANDLER: _("chuyên viên thụ lý"),
    Role.LEADER: _("lãnh đạo"),
    Role.ADMIN: _("quản trị viên"),
    Role.AUDITOR: _("kiểm soát viên"),
}

RELOAD: Final = _("Hãy tải lại trang để xem tình trạng mới rồi làm tiếp.")
BACK: Final = _("Hãy quay lại danh sách và chọn lại.")
CORRECT: Final = _("Hãy sửa rồi gửi lại.")
OPERATOR: Final = _("Hãy báo người quản trị hệ thống.")
OTHER_FILE: Final = _("Hãy chọn tệp khác, hoặc chụp lại tờ giấy rồi gửi ảnh.")
AGAIN: Final = _("Hãy thử lại sau ít phút.")

WORDS: Final[Mapping[str, Words]] = {
    # families: words for a refusal that says no more than its family
    "refused": Words(_("Yêu cầu không thực hiện được."), CORRECT),
    "forbidden": Words(
        _("Bạn không có quyền làm việc này."),
        _("Nếu bạn có tài khoản hoặc vai trò khác, hãy dùng tài khoản hoặc vai trò đó."),
    ),
    "unknown": Words(_("Không tìm thấy."), BACK),
    "conflict": Words(_("Việc này đã thay đổi trong lúc bạn xem."), RELOAD),
    "invalid": Words(_("Thông tin chưa đúng nên chưa nhận được."), CORRECT),
    # kernel
    "kernel.not_permitted": Words(
        _("Vai trò hiện tại của bạn không làm được việc này."),
        _("Việc này dành cho {needed:roles}. Nếu bạn có vai trò đó, hãy đổi vai trò."),
    ),
    "kernel.not_money": Words(
        _("Số tiền chưa đúng."), _("Hãy ghi số tiền bằng đồng, không có số lẻ và không âm.")
    ),
    # simplification
    "reform.bad_prices": Words(_("Đơn giá chưa đúng nên chưa ghi."), CORRECT),
    "reform.nothing_to_compare": Words(
        _("Thủ tục này không có bản khác để so sánh."),
        _("Hãy soạn một bản sửa đổi, hoặc chọn phiên bản khác."),
    ),
    # dossiers
    "cases.unknown_dossier": Words(
        _("Không tìm thấy hồ sơ này."),
        _("Hãy kiểm tra lại mã hồ sơ; hồ sơ cũng có thể không thuộc phần bạn được xem."),
    ),
    "cases.unknown_draft": Words(
        _("Không tìm thấy bản nháp này."),
        _("Bản nháp có thể đã nộp hoặc đã xóa. Hãy xem trong “Hồ sơ của tôi”."),
    ),
    "cases.unknown_document": Words(_("Hồ sơ không có giấy tờ này."), RELOAD),
    "cases.illegal_step": Words(_("Không làm được bước này ở tình trạng hiện tại của hồ sơ."), RELOAD),
    "cases.not_your_step": Words(
        _("Bước này thuộc về người khác."),
        _("Hãy xem hồ sơ đang ở ai; nếu cần, hãy nhờ người đó hoặc lãnh đạo chuyển hồ sơ."),
    ),
    "cases.moved_on": Words(_("Hồ sơ đã có người xử lý trong lúc bạn xem."), RELOAD),
    "cases.draft_changed": Words(
        _("Bản nháp đã được lưu từ một trang hoặc máy khác."),
        _("Hãy tải lại trang để xem bản mới nhất; bản đó vẫn còn nguyên."),
    ),
    "cases.already_filed": Words(
        _("Bản nháp này đã nộp thành hồ sơ."), _("Hãy mở hồ sơ trong “Hồ sơ của tôi” để xem tiếp.")
    ),
    "cases.missing_papers": Words(
        _("Hồ sơ còn thiếu giấy tờ bắt buộc."), _("Hãy bổ sung giấy tờ còn thiếu rồi nộp lại.")
    ),
    "cases.unknown_paper": Words(
        _("Thủ tục này không cần loại giấy tờ đó."), _("Hãy xem lại danh sách giấy tờ cần nộp.")
    ),
    "cases.too_many_files": Words(
        _("Giấy tờ này đã đủ {most} tệp."), _("Hãy bỏ bớt một tệp trước khi thêm tệp mới.")
    ),
    "cases.wrong_applicant": Words(
        _("Thủ tục này không dành cho người nộp đã chọn."),
        _("Hãy chọn lại nộp cho chính mình hay cho tổ chức bạn đại diện."),
    ),
    "cases.no_agency": Words(
        _("Chưa xác định được nơi tiếp nhận hồ sơ."),
        _("Hãy chọn nơi tiếp nhận phù hợp với nơi cư trú hoặc nơi làm thủ tục."),
    ),
    "cases.reason_missing": Words(
        _("Cần ghi lý do cụ thể bằng văn bản."), _("Hãy ghi rõ lý do để người nộp hiểu và biết cần làm gì.")
    ),
    "cases.supplement_already_asked": Words(
        _("Hồ sơ này đã yêu cầu bổ sung một lần."),
        _("Chỉ được yêu cầu lần nữa khi phần bổ sung chưa đúng yêu cầu lần trước."),
    ),
    "cases.already_reappointed": Words(
        _("Hồ sơ này đã hẹn lại một lần."), _("Không thể hẹn lại thêm lần nữa; hãy xử lý theo ngày đã hẹn.")
    ),
    "cases.not_a_span": Words(
        _("Không phải một kỳ. Viết 2026, 2026-Q4, 2026-10, 2026-10-05 hoặc bc2026-10."), CORRECT
    ),
    "cases.bad_appointment": Words(
        _("Ngày hẹn mới không hợp lệ."), _("Hãy chọn giờ làm việc sau ngày hẹn cũ.")
    ),
    "cases.fee_unpaid": Words(
        _("Hồ sơ chưa nộp phí, lệ phí {fee_dong:money}."), _("Hãy thu tiền trước khi trả kết quả.")
    ),
    "cases.fee_already_paid": Words(
        _("Phí, lệ phí đã được nộp."), _("Không cần thu lần nữa; hãy tải lại trang.")
    ),
    "cases.channel_closed": Words(
        _("Thủ tục này không nhận qua kênh bạn chọn."), _("Hãy xem trang thủ tục để biết nộp bằng cách nào.")
    ),
    "cases.not_answerable": Words(
        _("Phần gửi lên có mục nơi xử lý không yêu cầu."), _("Hãy chỉ sửa những mục được yêu cầu bổ sung.")
    ),
    # procedures
    "catalogue.unknown_procedure": Words(
        _("Không tìm thấy thủ tục này."),
        _("Thủ tục có thể đã bãi bỏ hoặc đổi mã. Hãy tìm lại theo tên việc cần làm."),
    ),
    "catalogue.bad_definition": Words(
        _("Định nghĩa thủ tục chưa đúng."), _("Hãy xem từng lỗi trong “faults” rồi sửa.")
    ),
    "cases.cannot_follow": Words(
        _("Hồ sơ này chưa theo được phiên bản mới của thủ tục."),
        _("Phiên bản mới hỏi thêm hoặc bỏ điều người nộp đã khai; hồ sơ tiếp tục theo phiên bản cũ."),
    ),
    "catalogue.unknown_draft": Words(
        _("Không tìm thấy bản soạn thảo này."), _("Hãy mở lại từ danh sách bản đang soạn.")
    ),
    "catalogue.no_such_part": Words(
        _("Phần này không còn trong bản soạn thảo."),
        _("Có thể người khác đã chuyển hoặc xóa. Hãy mở lại bản soạn thảo."),
    ),
    "catalogue.draft_moved_on": Words(
        _("Người khác vừa sửa bản soạn thảo này."),
        _("Điều bạn gõ chưa được ghi. Hãy xem bản mới rồi ghi lại phần của bạn."),
    ),
    "catalogue.draft_taken": Words(
        _("Thủ tục này đã có bản đang soạn."), _("Hãy soạn tiếp bản đó, hoặc bỏ nó rồi bắt đầu lại.")
    ),
    "catalogue.draft_closed": Words(
        _("Bản này đã công bố hoặc đã bỏ, không sửa được nữa."), _("Hãy bắt đầu một bản soạn thảo mới.")
    ),
    "catalogue.not_submitted": Words(
        _("Bản này chưa được trình công bố."), _("Người soạn cần trình, rồi người thứ hai mới đồng ý được.")
    ),
    "catalogue.own_work": Words(
        _("Người soạn hoặc người trình không thể tự đồng ý."), _("Cần người thứ hai xem và đồng ý công bố.")
    ),
    "catalogue.still_faulty": Words(
        _("Bản soạn thảo còn lỗi nên chưa trình hay công bố được."),
        _("Hãy xem từng lỗi trong “faults” rồi sửa."),
    ),
    "catalogue.not_proved": Words(
        _("Định nghĩa thủ tục chưa qua được phép chứng minh."),
        _("Hãy xem từng phát hiện trong “findings”, sửa rồi công bố lại."),
    ),
    "expressions.bad_expression": Words(
        _("Không đọc được biểu thức, hoặc biểu thức so sánh hai loại dữ liệu khác nhau."),
        _("Hãy xem “what” và “at” trong phần “facts” rồi sửa."),
    ),
    "catalogue.already_published": Words(
        _("Đã công bố phiên bản có hiệu lực cùng ngày hoặc muộn hơn."),
        _("Hãy chọn ngày hiệu lực sau ngày {valid_from:day}."),
    ),
    "catalogue.unreadable_file": Words(
        _("Không đọc được tệp này ({why}, ở {at})."),
        _("Hãy gửi tệp JSON, JSON Lines (có thể nén gzip) mã UTF-8, hoặc tệp Excel theo mẫu của hệ thống."),
    ),
    "catalogue.import_running": Words(
        _("Một lần nhập khác đang ghi thủ tục."), _("Hãy chờ lần nhập đó xong rồi làm lại.")
    ),
    "catalogue.unknown_import": Words(
        _("Không tìm thấy lần nhập này."), _("Hãy mở lại danh sách các lần nhập.")
    ),
    "catalogue.not_previewed": Words(
        _("Lần nhập này chưa xem trước xong, hoặc đã được xác nhận."),
        _("Hãy tải lại trang để xem lần nhập đang ở bước nào."),
    ),
    "catalogue.bad_record": Words(
        _("Bản ghi thủ tục chưa đúng mẫu."), _("Hãy xem từng chỗ sai trong “fields” rồi sửa.")
    ),
    "catalogue.bad_local_rule": Words(
        _("Quy định riêng thay đổi chỗ không được phép, hoặc giá trị chưa đúng."),
        _("Chỉ đổi được địa chỉ, giờ tiếp nhận, nơi giải quyết, thời hạn, phí và mức trực tuyến."),
    ),
    "catalogue.not_later": Words(
        _("Đã có bản ghi bắt đầu hiệu lực muộn hơn ngày này."),
        _("Hãy chọn ngày hiệu lực từ ngày {valid_from:day} trở đi."),
    ),
    "catalogue.already_abolished": Words(
        _("Thủ tục này đã có quyết định bãi bỏ từ ngày {valid_from:day}."),
        _("Không cần bãi bỏ lần nữa."),
    ),
    "catalogue.unknown_guide": Words(_("Không có hướng dẫn này."), _("Hãy chọn lại từ danh sách hướng dẫn.")),
    "catalogue.bad_synonym": Words(
        _("Từ đồng nghĩa này chưa dùng được."),
        _("Hãy ghi cách người dân nói, và từ trong tên thủ tục hoặc mã thủ tục mà cách nói ấy chỉ đến."),
    ),
    "catalogue.unknown_synonym": Words(
        _("Không tìm thấy từ đồng nghĩa này, hoặc nó đã thôi dùng."), _("Hãy tải lại danh sách.")
    ),
    "catalogue.bad_answers": Words(
        _("Một số câu trả lời còn thiếu hoặc chưa đúng."),
        _("Hãy sửa từng chỗ được đánh dấu; những gì đã điền vẫn còn."),
    ),
    # people and accounts
    "identity.unknown_person": Words(_("Không tìm thấy người này."), _("Hãy kiểm tra lại số định danh.")),
    "identity.unknown_organisation": Words(
        _("Không tìm thấy tổ chức này."), _("Hãy kiểm tra lại mã số thuế.")
    ),
    "identity.unknown_account": Words(_("Không tìm thấy tài khoản này."), BACK),
    "identity.unknown_token": Words(_("Không có mã truy cập này."), RELOAD),
    "identity.bad_personal_id": Words(
        _("Số định danh cá nhân chưa đúng, hoặc không khớp ngày sinh, giới tính."),
        _("Hãy đối chiếu 12 chữ số với thẻ căn cước."),
    ),
    "identity.bad_tax_code": Words(
        _("Mã số thuế chưa đúng."), _("Hãy đối chiếu từng chữ số với giấy đăng ký.")
    ),
    "identity.personal_id_taken": Words(
        _("Số định danh này đã có người dùng."),
        _("Hãy kiểm tra lại số; nếu đúng là của bạn, hãy mang thẻ căn cước đến bộ phận một cửa."),
    ),
    "identity.tax_code_taken": Words(
        _("Mã số thuế này đã có tổ chức khác dùng."), _("Hãy kiểm tra lại mã số thuế.")
    ),
    "identity.username_taken": Words(_("Tên đăng nhập này đã có người dùng."), _("Hãy chọn tên khác.")),
    "identity.account_exists": Words(
        _("Người này đã có tài khoản."), _("Hãy đăng nhập bằng tài khoản đó, hoặc dùng “Quên mật khẩu”.")
    ),
    "identity.already_related": Words(_("Hai người này đã được ghi quan hệ đó."), RELOAD),
    "identity.impossible_dates": Words(
        _("Ngày tháng không hợp lệ."),
        _("Ngày sinh không thể ở tương lai; ngày kết thúc phải sau ngày bắt đầu."),
    ),
    "identity.missing_name": Words(_("Còn thiếu họ tên hoặc tên tổ chức."), _("Hãy điền tên đầy đủ.")),
    "identity.mismatch": Words(
        _("Danh tính vừa xác minh không phải của chủ tài khoản này."),
        _("Hãy đăng nhập bằng đúng tài khoản định danh của bạn."),
    ),
    "identity.assurance_too_low": Words(
        _("Mức định danh của bạn chưa đủ cho việc này."), _("Hãy xác minh bằng định danh mức 2 rồi thử lại.")
    ),
    "identity.token_lives_too_long": Words(
        _("Mã truy cập phải hết hạn trong vòng một năm."), _("Hãy chọn ngày hết hạn gần hơn.")
    ),
    "identity.not_representative": Words(
        _("Bạn không phải người đại diện của tổ chức này."),
        _("Hãy chọn nộp cho mình, hoặc nhờ người đại diện ghi nhận bạn."),
    ),
    # agencies
    "agencies.unknown_agency": Words(_("Không tìm thấy cơ quan này."), BACK),
    "agencies.unknown_unit": Words(
        _("Không có đơn vị hành chính mang mã này."),
        _("Mã có thể thuộc đơn vị trước khi sắp xếp; hãy tìm theo tên."),
    ),
    "agencies.unknown_seat": Words(_("Không có vị trí này, hoặc hiện không ai giữ."), RELOAD),
    "agencies.unknown_counter": Words(_("Không có quầy này, hoặc quầy đã đóng."), RELOAD),
    "agencies.code_taken": Words(
        _("Mã này đã thuộc cơ quan khác."), _("Hãy kiểm tra lại mã định danh cơ quan.")
    ),
    "agencies.seat_taken": Words(_("Người này đã giữ vai trò đó ở cơ quan này."), RELOAD),
    "agencies.counter_taken": Words(_("Quầy số {number} đang mở."), _("Hãy chọn số quầy khác.")),
    "agencies.agency_closed": Words(
        _("Cơ quan không hoạt động vào ngày đó."), _("Hãy chọn ngày trong thời gian cơ quan hoạt động.")
    ),
    "agencies.out_of_order": Words(
        _("Đã có thay đổi ghi ở ngày muộn hơn."), _("Lịch sử chỉ ghi tiếp về sau; hãy chọn ngày muộn hơn.")
    ),
    "agencies.still_has_children": Words(
        _("Còn {children} đơn vị trực thuộc."), _("Hãy chuyển hoặc đóng các đơn vị đó trước.")
    ),
    "agencies.below_itself": Words(
        _("Không thể đặt cơ quan dưới chính đơn vị trực thuộc của nó."), _("Hãy chọn cơ quan cấp trên khác.")
    ),
    "agencies.bad_code": Words(
        _("Mã định danh cơ quan chưa đúng."), _("Mã có dạng như H21.15.03; hãy đối chiếu với danh mục.")
    ),
    "agencies.bad_hours": Words(
        _("Giờ làm việc chưa đúng."),
        _("Mỗi khoảng phải có giờ bắt đầu trước giờ kết thúc, không chồng lên nhau."),
    ),
    "agencies.bad_period": Words(_("Ngày kết thúc trước ngày bắt đầu."), CORRECT),
    "agencies.bad_row": Words(
        _("Dòng {row} của bảng không đọc được."),
        _("Hãy sửa dòng đó rồi nhập lại; chưa có dòng nào được ghi."),
    ),
    "agencies.not_a_seat_role": Words(
        _("Vai trò này không gắn với vị trí công tác."), _("Hãy chọn một vai trò của cán bộ.")
    ),
    # files
    "files.unknown": Words(_("Không tìm thấy tệp này."), RELOAD),
    "files.unknown_upload": Words(_("Lần gửi tệp này đã hết hạn."), _("Hãy chọn lại tệp và gửi từ đầu.")),
    "files.quarantined": Words(_("Tệp đang được kiểm tra an toàn nên chưa mở được."), AGAIN),
    "files.wrong_offset": Words(
        _("Phần vừa gửi không nối tiếp phần đã nhận."), _("Hãy gửi tiếp; phần đã nhận vẫn còn.")
    ),
    "files.unfinished": Words(_("Tệp chưa gửi xong."), _("Hãy gửi tiếp phần còn lại; phần đã nhận vẫn còn.")),
    "files.too_many_uploads": Words(
        _("Bạn đang gửi quá nhiều tệp cùng lúc."), _("Hãy chờ các tệp đang gửi xong rồi gửi tiếp.")
    ),
    "files.wrong_checksum": Words(_("Tệp bị hỏng trên đường truyền."), _("Hãy gửi lại.")),
    "files.too_large": Words(
        _("Tệp lớn hơn mức cho phép ({limit:size})."), _("Hãy gửi tệp nhỏ hơn, hoặc chia thành nhiều tệp.")
    ),
    "files.chunk_too_large": Words(_("Mỗi phần gửi lên tối đa {limit:size}."), CORRECT),
    "files.empty": Words(_("Tệp rỗng."), OTHER_FILE),
    "files.bad_name": Words(
        _("Tên tệp không dùng được."), _("Hãy đổi tên tệp, ví dụ “giay-chung-sinh.jpg”, rồi gửi lại.")
    ),
    "files.wrong_type": Words(_("Loại tệp này không nhận được."), _("Hãy gửi ảnh hoặc PDF.")),
    "files.type_mismatch": Words(
        _("Đuôi tệp là “{declared}” nhưng nội dung là “{found}”."),
        _("Hãy đổi đúng đuôi tệp, hoặc lưu lại thành PDF rồi gửi."),
    ),
    "files.bomb": Words(_("Tệp bung ra quá lớn nên không mở an toàn được."), OTHER_FILE),
    "files.macro": Words(_("Tệp có chứa chương trình (macro)."), _("Hãy lưu lại thành PDF rồi gửi.")),
    "files.encrypted": Words(
        _("Tệp có mật khẩu nên cán bộ không đọc được."), _("Hãy bỏ mật khẩu rồi gửi lại.")
    ),
    "files.broken": Words(_("Tệp bị hỏng, không mở được."), OTHER_FILE),
    "pdf.not_a_pdf": Words(_("Đây không phải tệp PDF đọc được."), OTHER_FILE),
    # identifiers: what exactly is wrong comes from design/identifiers.py
    "identifiers.malformed": Words(_("Mã vừa nhập chưa đúng."), CORRECT),
    "identifiers.unknown_kind": Words(_("Không có loại mã này."), CORRECT),
    "identifiers.not_a_personal_id": Words(_("Đây không phải số định danh cá nhân."), CORRECT),
    "identifiers.not_a_tax_code": Words(_("Đây không phải mã số thuế."), CORRECT),
    "identifiers.not_a_dossier_code": Words(_("Đây không phải mã hồ sơ."), CORRECT),
    "identifiers.not_a_procedure_code": Words(_("Đây không phải mã thủ tục."), CORRECT),
    "identifiers.not_an_agency_code": Words(_("Đây không phải mã định danh cơ quan."), CORRECT),
    "identifiers.not_a_territory_code": Words(_("Đây không phải mã tỉnh hoặc mã xã."), CORRECT),
    "identifiers.not_an_insurance_number": Words(_("Đây không phải số bảo hiểm."), CORRECT),
    "identifiers.not_a_prescription_code": Words(_("Đây không phải mã đơn thuốc."), CORRECT),
    "identifiers.not_a_card_qr": Words(
        _("Đây không phải mã QR trên thẻ căn cước."), _("Hãy quét lại mã ở góc thẻ, hoặc nhập tay.")
    ),
    "identifiers.not_a_vietqr": Words(_("Đây không phải mã VietQR."), _("Hãy quét lại.")),
    # documents between agencies
    "exchange.package_refused": Words(
        _("Gói văn bản điện tử bị từ chối tại {element}: {danger}."),
        _("Hãy xuất lại gói edXML từ phần mềm quản lý văn bản rồi gửi lại."),
    ),
    "exchange.not_writable": Words(_("Nội dung tại {element} có ký tự không ghi được vào tệp XML."), CORRECT),
    "exchange.status_after_end": Words(
        _(
            "Văn bản đã bị từ chối, được lấy lại hoặc đã có văn bản thay thế; trạng thái {status} không ghi được nữa."
        ),
        _("Nếu cần, bên gửi hãy gửi lại văn bản mới."),
    ),
    "exchange.not_your_status": Words(
        _("Trạng thái {status} không thuộc quyền của bên này."),
        _("Hãy kiểm tra bên gửi và bên nhận của văn bản."),
    ),
    "exchange.not_authentic": Words(
        _("Chữ ký của yêu cầu không khớp với khóa của hệ thống."),
        _("Hãy kiểm tra mã hệ thống và khóa bí mật, rồi gửi lại."),
    ),
    # deadlines
    "calendar.not_a_calendar": Words(_("Lịch làm việc chưa đúng."), OPERATOR),
    "calendar.not_a_limit": Words(_("Thời hạn chưa đúng."), CORRECT),
    "calendar.not_a_period": Words(_("Không có kỳ này trong năm {year}."), CORRECT),
    "calendar.out_of_reach": Words(_("Ngày tính ra nằm ngoài khoảng lịch tính được."), CORRECT),
    "calendar.pause_backwards": Words(_("Khoảng tạm dừng kết thúc trước khi bắt đầu."), CORRECT),
    "calendar.restart_too_early": Words(_("Thời hạn không thể tính lại từ trước lúc nhận hồ sơ."), CORRECT),
    "deadline.bad_calendar_file": Words(_("Tệp lịch không đọc được."), CORRECT),
    "deadline.bad_instant": Words(_("Ngày giờ phải ghi như 2026-02-11T09:00."), CORRECT),
    "deadline.bad_line": Words(_("Có dòng không đúng dạng JSON."), CORRECT),
    # notices
    "notify.unknown_notice": Words(_("Không tìm thấy thông báo này."), BACK),
    "notify.required_by_law": Words(
        _("Pháp luật yêu cầu gửi thông báo này nên không thể từ chối."), _("Bạn có thể chọn cách nhận khác.")
    ),
    # proof
    "ledger.unknown_leaf": Words(_("Nhật ký không có dòng này."), BACK),
    "ledger.no_head": Words(_("Nhật ký chưa được ký lần nào."), _("Hãy hỏi lại sau khoảng một phút.")),
    "ledger.not_yet_provable": Words(
        _("Đã ghi nhật ký, nhưng chữ ký chưa bao gồm dòng này."), _("Hãy hỏi lại sau khoảng một phút.")
    ),
    "ledger.no_such_size": Words(_("Nhật ký chưa từng có cỡ đó."), CORRECT),
    "signing.no_node_key": Words(_("Hệ thống chưa có khóa ký."), OPERATOR),
    "signing.node_key_exists": Words(
        _("Hệ thống đã có khóa ký đang dùng."), _("Muốn thay, hãy dùng lệnh đổi khóa.")
    ),
    "signing.key_file_missing": Words(_("Phần bí mật của khóa không có trên máy này."), OPERATOR),
    "signing.key_file_exposed": Words(_("Người khác trên máy này đọc được khóa bí mật."), OPERATOR),
    "signing.unknown_key": Words(_("Hệ thống không có khóa này."), BACK),
    # operations
    "config.bad_configuration": Words(_("Cấu hình của hệ thống chưa đúng."), OPERATOR),
    "database.bad_cursor": Words(
        _("Vị trí trong danh sách không còn dùng được."), _("Hãy mở lại danh sách từ đầu.")
    ),
    "database.unavailable": Words(_("Cơ sở dữ liệu hiện không kết nối được."), AGAIN),
    "idempotency.key_reused": Words(
        _("Idempotency-Key này đã dùng cho một yêu cầu khác."), _("Hãy dùng khóa mới cho mỗi yêu cầu mới.")
    ),
    "idempotency.still_running": Words(
        _("Yêu cầu đầu tiên với khóa này đang được xử lý."), _("Hãy chờ rồi hỏi lại.")
    ),
    "jobs.unknown_job": Words(_("Không có công việc này."), BACK),
    "jobs.not_failed": Words(_("Công việc này chưa bị dừng nên không cần chạy lại."), RELOAD),
    "outbox.unknown_delivery": Words(_("Không có thông điệp này."), BACK),
    "outbox.not_dead": Words(_("Thông điệp này không còn chờ xử lý."), RELOAD),
    # API
    "api.not_signed_in": Words(_("Chưa đăng nhập."), _("Hãy gửi mã truy cập hợp lệ hoặc đăng nhập trước.")),
    "api.unreadable": Words(
        _("Nội dung gửi lên không phải JSON hợp lệ hoặc có ký tự không lưu được."), CORRECT
    ),
    "api.invalid": Words(_("Một số trường chưa đúng."), _("Hãy xem từng trường trong “fields”.")),
    "api.idempotency_key_missing": Words(
        _("Thiếu tiêu đề Idempotency-Key."),
        _("Yêu cầu làm thay đổi dữ liệu phải có tiêu đề này, gồm 1 đến 255 ký tự."),
    ),
    "api.length_missing": Words(
        _("Yêu cầu không nói dữ liệu dài bao nhiêu."), _("Hãy gửi kèm tiêu đề Content-Length.")
    ),
    "api.too_large": Words(
        _("Dữ liệu gửi lên vượt quá giới hạn của thao tác này."), _("Hãy gửi ít hơn trong mỗi yêu cầu.")
    ),
    "api.too_many_requests": Words(_("Bạn gửi quá nhiều yêu cầu."), _("Hãy chờ rồi thử lại.")),
    "api.csrf_token_missing": Words(_("Thiếu mã chống giả mạo."), _("Hãy tải lại trang rồi thử lại.")),
    "api.scope_missing": Words(
        _("Mã truy cập này chỉ được đọc."), _("Hãy dùng mã truy cập có quyền thực hiện thao tác.")
    ),
    "api.second_factor_missing": Words(
        _("Cán bộ phải đăng nhập bằng xác thực hai lớp."), _("Hãy bật xác thực hai lớp rồi đăng nhập lại.")
    ),
    "api.password_change_due": Words(
        _("Mật khẩu được cấp lần đầu chưa được đổi."),
        _("Hãy đổi mật khẩu trên trang tài khoản rồi tiếp tục."),
    ),
    "api.unsupported_media_type": Words(
        _("Kiểu nội dung gửi lên không đúng."), _("Thao tác này nhận {accepts}.")
    ),
    "api.version_missing": Words(
        _("Thiếu phiên bản bạn đã xem."), _("Hãy gửi tiêu đề If-Match hoặc trường “seen”.")
    ),
    "api.not_found": Words(
        _("Không có tài nguyên nào ở địa chỉ này."), _("Hãy xem danh sách địa chỉ của API.")
    ),
    "api.method_not_allowed": Words(_("Địa chỉ này không nhận phương thức vừa gửi."), CORRECT),
    "api.internal_server_error": Words(
        _("Hệ thống gặp lỗi; dữ liệu của bạn không bị thay đổi."),
        _("Khi liên hệ hỗ trợ, hãy gửi kèm mã yêu cầu."),
    ),
}


def said(code: str, facts: Mapping[str, object]) -> Words:
    """Return what happened and what to do, in the language of the request, with the facts filled in."""
    words = WORDS.get(code) or WORDS["refused"]
    happened, next_step = _filled(words.happened, facts), _filled(words.next_step, facts)
    if code.startswith("identifiers.") and facts.get("reason") in set(Reason):
        happened = f"{happened} {_reason(facts)}"
    return Words(happened, next_step)


def sentence(code: str, facts: Mapping[str, object]) -> str:
    """Return what happened and what to do in one breath, for forms and the API."""
    words = said(code, facts)
    return f"{words.happened} {words.next_step}".strip()


def _filled(words: str, facts: Mapping[str, object]) -> str:
    return _WRITER.vformat(gettext(words), (), facts)


def _reason(facts: Mapping[str, object]) -> str:
    """Return what exactly is wrong with an identifier."""
    refusal = NotAnIdentifier(**{**facts, "reason": Reason(str(facts["reason"]))})  # type: ignore[arg-type]  # its own facts
    return identifiers.sentence(refusal, get_language() or identifiers.VIETNAMESE)


def _roles(value: object) -> str:
    names = value if isinstance(value, list | tuple) else [value]
    return ", ".join(gettext(ROLES[str(name)]) for name in names if name in ROLES) or "…"


class _Writer(Formatter):
    """Writes facts for people. A fact that is missing or of another kind leaves a gap, never an error."""

    def get_field(self, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> tuple[Any, str]:
        """Look a fact up by its whole name: no attributes, no items."""
        return kwargs.get(field_name), field_name

    def format_field(self, value: object, format_spec: str) -> str:
        match format_spec, value:
            case str(), None:
                return "…"
            case "size", int():
                return formats.size(value)
            case "money", int():
                return str(Money(value))
            case "day", date():
                return formats.day(value)
            case "roles", object():
                return _roles(value)
            case _:
                return str(value)[:LONGEST_FACT]


_WRITER: Final = _Writer()
