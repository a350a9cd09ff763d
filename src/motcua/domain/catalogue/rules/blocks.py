"""Reusable blocks: the questions about an applicant, a child, a house, written once and used by key.

A section of a file may say ``use: applicant`` instead of listing its fields; ``prefix`` goes before the keys of
the block's questions, and what stands beside ``use`` wins over the block. The questions are laid out when the
file is read, so that a published version does not change when a block does.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from motcua.domain.catalogue.types import BadDefinition


@cache
def shipped() -> Mapping[str, Mapping[str, Any]]:
    """Return the blocks of the package by key: sections without a key of their own."""
    folder = files("motcua.domain.catalogue") / "blocks"
    return {
        file.name.removesuffix(".yaml"): yaml.safe_load(file.read_text(encoding="utf-8"))
        for file in folder.iterdir()
        if file.name.endswith(".yaml")
    }


def laid_out(raw: object) -> object:
    """Return ``raw`` with every ``use`` replaced by the questions of its block. Raises BadDefinition."""
    if not isinstance(raw, Mapping) or not isinstance(raw.get("sections"), list):
        return raw
    return {**raw, "sections": [_laid_out(n, section) for n, section in enumerate(raw["sections"])]}


def _laid_out(place: int, section: object) -> object:
    if not isinstance(section, Mapping) or "use" not in section:
        return section
    block = shipped().get(str(section["use"]))
    if block is None:
        fault = {"where": f"sections.{place}.use", "what": "unknown", "says": str(section["use"])}
        raise BadDefinition(faults=[fault])
    own = {key: value for key, value in section.items() if key not in {"use", "prefix", "without", "fields"}}
    without = set(section.get("without") or ())
    prefix = str(section.get("prefix") or "")
    keys = [field["key"] for field in block["fields"]]
    fields = [_renamed(field, prefix, keys) for field in block["fields"] if field["key"] not in without]
    return {
        "key": section["use"],
        **{key: value for key, value in block.items() if key != "fields"},
        **own,
        "fields": [*fields, *(section.get("fields") or ())],
    }


def _renamed(field: Mapping[str, Any], prefix: str, keys: Iterable[str]) -> dict[str, Any]:
    """Return a question of a block with ``prefix`` before its key and before the keys its rules read."""
    named = re.compile(rf"\b({'|'.join(keys)})\b")
    rules: dict[str, object] = {
        name: named.sub(rf"{prefix}\1", str(field[name]))
        for name in ("show_when", "require_when", "compute")
        if name in field
    }
    if "checks" in field:
        rules["checks"] = [
            {**check, "rule": named.sub(rf"{prefix}\1", str(check["rule"]))} for check in field["checks"]
        ]
    return {**field, **rules, "key": prefix + field["key"]}
