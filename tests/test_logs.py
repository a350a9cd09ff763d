"""Log lines carry no personal data."""

import pytest

from motcua.config.logs import blot


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("Key (personal_id)=(052099001234) already exists", "Key (personal_id)=(█) already exists"),
        ("call +84905123456 or a.b@gialai.gov.vn", "call █ or █"),
        (
            "dossier 01a2036518ed7b099d2217e6bf5c453a took 102 ms",
            "dossier 01a2036518ed7b099d2217e6bf5c453a took 102 ms",
        ),
    ],
)
def test_personal_data_is_blotted_out_of_logs(line: str, written: str) -> None:
    assert blot(line) == written
