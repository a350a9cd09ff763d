"""What a browser needs to install the node, and that it keeps nothing of anyone's."""

import json
import re
from io import BytesIO

import pytest
from django.test import Client
from PIL import Image

from motcua.domain.identity import testing as people
from motcua.interfaces.design import lotus

pytestmark = pytest.mark.django_db


def test_every_icon_of_the_manifest_is_what_it_says(client: Client) -> None:
    manifest = json.loads(client.get("/manifest.webmanifest").content)

    assert {icon["purpose"] for icon in manifest["icons"] if "purpose" in icon} == {"any", "maskable"}
    for icon in manifest["icons"]:
        answer = client.get(icon["src"])
        assert answer["Content-Type"] == icon["type"]
        if icon["type"] == "image/png":
            width, height = Image.open(BytesIO(answer.content)).size
            assert icon["sizes"] == f"{width}x{height}"


def test_the_mark_stays_within_the_safe_circle() -> None:
    picture = Image.open(BytesIO(lotus.png(192))).convert("RGB")
    ground = picture.getpixel((0, 0))
    inked = [(x, y) for x in range(0, 192, 2) for y in range(0, 192, 2) if picture.getpixel((x, y)) != ground]

    assert inked
    assert max((x - 96) ** 2 + (y - 96) ** 2 for x, y in inked) < (0.4 * 192) ** 2


def test_only_known_sizes_are_drawn(client: Client) -> None:
    assert client.get("/bieu-tuong-4096.png").status_code == 404


def test_the_worker_keeps_pages_of_nobody(client: Client) -> None:
    people.sign_in(client, people.a_citizen_account("Nguyễn Thị Hoa").id)
    source = client.get("/sw.js").content.decode()
    shell = json.loads(re.findall(r"SHELL = (\[.*\])", source)[0])

    assert 'credentials: "omit"' in source
    for address in shell:
        if not address.startswith("/static/"):
            assert "Hoa" not in client.get(address).content.decode()
