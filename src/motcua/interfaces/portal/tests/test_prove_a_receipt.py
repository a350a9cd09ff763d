"""Whoever holds a receipt takes away a proof that its acceptance was recorded, and checks it without the node."""

import base64
import json
from hashlib import sha256
from typing import Any

import pytest
from django.test import Client

from motcua.domain.cases.testing import MONDAY, a_dossier, an_office
from motcua.domain.cases.types import DossierView, State
from motcua.platform.ledger.testing import signed

pytestmark = pytest.mark.django_db
PAGE, PROOF = "/tra-cuu", "/tra-cuu/bang-chung.json"


def pair(view: DossierView) -> dict[str, str]:
    return {"ma": view.code, "khoa": view.lookup_secret}


def root_of(receipt: dict[str, Any], size: int) -> bytes:
    """Climb from the leaf to the root, as docs/ledger.md says (RFC 9162 § 2.1.3.2)."""
    node = sha256(b"\x00" + receipt["leaf"].encode()).digest()
    here, last = receipt["position"], size - 1
    for step in map(base64.b64decode, receipt["path"]):
        if here & 1 or here == last:
            node = sha256(b"\x01" + step + node).digest()
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            node = sha256(b"\x01" + node + step).digest()
        here, last = here >> 1, last >> 1
    return node


def test_the_proof_of_a_receipt_holds_by_itself(client: Client) -> None:
    office = an_office()
    view = a_dossier(office, State.ACCEPTED)
    signed(MONDAY)

    page = client.get(PAGE, pair(view)).content.decode()
    receipt = json.loads(client.get(PROOF, pair(view)).content)

    assert "Ghi vào sổ không sửa được" in page
    _origin, size, root, *_ = receipt["head"].split("\n")
    assert root_of(receipt, int(size)) == base64.b64decode(root)
    told = json.loads(receipt["leaf"])
    assert (told["deed"], told["facts"]["code"]) == ("cases.accept", view.code)
    assert view.applicant_name not in receipt["leaf"]


def test_there_is_no_proof_before_a_head_covers_it_nor_for_strangers(client: Client) -> None:
    view = a_dossier(an_office(), State.ACCEPTED)
    early = client.get(PROOF, pair(view))
    signed(MONDAY)

    assert early.status_code == 404
    assert "Ghi vào sổ" not in client.get(PAGE, {"ma": view.code, "khoa": "AAAAAAAAAA"}).content.decode()
    assert client.get(PROOF, {"ma": view.code, "khoa": "AAAAAAAAAA"}).status_code == 404
