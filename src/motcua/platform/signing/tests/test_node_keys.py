"""The node signs with one key at a time and can always check what it signed."""

from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import Settings

from motcua.kernel.actors import SYSTEM, Actor, NotPermitted, Role
from motcua.kernel.ids import uuid7
from motcua.platform.signing import commands, queries
from motcua.platform.signing.types import (
    KeyFileExposed,
    KeyFileMissing,
    KeyId,
    NodeKeyExists,
    NoNodeKey,
    Signature,
    UnknownKey,
)

AT = datetime(2026, 2, 11, 2, 0, tzinfo=UTC)
ADMIN = Actor(person_id=uuid7(AT), role=Role.ADMIN)
CITIZEN = Actor(person_id=uuid7(AT), role=Role.CITIZEN)

pytestmark = pytest.mark.django_db


def test_what_is_signed_is_verified() -> None:
    commands.create_node_key(actor=ADMIN, at=AT)
    signature = queries.sign(b"text")
    assert queries.verify(b"text", signature)
    assert not queries.verify(b"Text", signature)
    assert not queries.verify(b"text", Signature(signature.key_id, bytes(64)))
    assert queries.public_key_pem().startswith("-----BEGIN PUBLIC KEY-----")


def test_the_private_half_is_for_the_node_alone() -> None:
    key = commands.create_node_key(actor=ADMIN, at=AT)
    file = queries.key_file(key.id)
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_an_exposed_or_missing_file_is_not_used() -> None:
    file = queries.key_file(commands.create_node_key(actor=ADMIN, at=AT).id)
    file.chmod(0o640)
    with pytest.raises(KeyFileExposed):
        queries.sign(b"text")
    file.unlink()
    with pytest.raises(KeyFileMissing):
        queries.sign(b"text")


def test_there_is_one_key_in_use() -> None:
    with pytest.raises(NoNodeKey):
        queries.sign(b"text")
    with pytest.raises(NoNodeKey):
        queries.public_key_pem()
    with pytest.raises(NoNodeKey):
        commands.rotate_node_key(actor=ADMIN, at=AT)
    commands.create_node_key(actor=ADMIN, at=AT)
    with pytest.raises(NodeKeyExists):
        commands.create_node_key(actor=ADMIN, at=AT)


def test_a_retired_key_still_verifies() -> None:
    # given a signature of a key that is then replaced
    first = commands.create_node_key(actor=ADMIN, at=AT)
    old = queries.sign(b"text")
    second = commands.rotate_node_key(actor=ADMIN, at=AT + timedelta(days=365))
    # then the node signs with the new one and knows both
    assert queries.sign(b"text").key_id == second.id != first.id
    assert queries.verify(b"text", old)
    assert [key.valid_to for key in queries.public_keys()] == [AT + timedelta(days=365), None]
    with pytest.raises(UnknownKey):
        queries.public_key(KeyId("unknown"))


def test_only_administrators_touch_keys() -> None:
    for command in (commands.create_node_key, commands.rotate_node_key):
        with pytest.raises(NotPermitted):
            command(actor=CITIZEN, at=AT)


def test_a_demo_creates_its_key_on_the_way_and_production_does_not(settings: Settings) -> None:
    settings.NODE = settings.NODE.model_copy(update={"mode": "production"})
    with pytest.raises(NoNodeKey):
        commands.ensure_node_key(actor=SYSTEM, at=AT)
    settings.NODE = settings.NODE.model_copy(update={"mode": "demo"})
    key = commands.ensure_node_key(actor=SYSTEM, at=AT)
    assert commands.ensure_node_key(actor=SYSTEM, at=AT) == key
