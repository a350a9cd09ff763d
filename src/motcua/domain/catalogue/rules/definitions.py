"""Read a definition from YAML or JSON and say in one list what is wrong with it."""

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

import yaml
from pydantic import ValidationError
from yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent

from motcua.domain.catalogue.rules import blocks, process, results
from motcua.domain.catalogue.types import BadDefinition, Definition, DefinitionFault

MOST_BYTES: Final = 2_000_000
MOST_FAULTS: Final = 100
MOST_PARTS: Final = 80_000  #: marks in a file: a form of 400 questions has a quarter of these
_CODE: Final = re.compile(r"""^(code:\s*)["']?[0-9.]+["']?""", re.MULTILINE)
DEEPEST: Final = 40  #: of parts within parts; a definition needs 12


def parse(text: str) -> Definition:
    """Return the definition written in ``text`` (YAML, of which JSON is a part).

    Raises BadDefinition with ``faults``: a list of ``{"where": "sections.0.fields.2.type", "what": code,
    "says": …}``.
    """
    return validated(read(text))


def read(text: str) -> object:
    """Return the plain data written in ``text``. Raises BadDefinition when it is too large or not YAML.

    References (``*name``) are refused: a few lines of them unfold to gigabytes. The events are looked through
    before anything is built of them; libyaml reads, for it is ten times as quick.
    """
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise _bad(DefinitionFault("", "too_large", str(MOST_BYTES)))
    try:
        _refuse_traps(text)
        return yaml.load(text, Loader=_Plain)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise _bad(DefinitionFault("", "unreadable", str(error)[:300])) from error


def validated(raw: object) -> Definition:
    """Return the definition in plain data ``raw``, of this format or an earlier one. Raises BadDefinition."""
    definition = modelled(raw)
    if faults := [*process.faults(definition), *results.faults(definition)]:
        raise _bad(*faults)
    return definition


def modelled(raw: object) -> Definition:
    """Return the definition in ``raw`` when it follows the grammar, whether or not its hours add up.

    For the proof, which says of each path what its hours are. Raises BadDefinition.
    """
    raw = upgraded(blocks.laid_out(raw))
    try:
        definition = Definition.model_validate(raw)
    except ValidationError as error:
        faults = [
            DefinitionFault(".".join(map(str, each["loc"])), each["type"], each["msg"])
            for each in error.errors(include_url=False, include_context=False, include_input=False)
        ]
        raise _bad(*faults) from error
    if definition.logic.faults:
        raise _bad(*definition.logic.faults)
    return definition


def written(definition: Definition) -> str:
    """Return ``definition`` as YAML of the present format; reading it gives the same definition again."""
    raw = definition.model_dump(mode="json", exclude_defaults=True)
    return yaml.safe_dump(raw, allow_unicode=True, sort_keys=False, width=100)


def cloned(text: str, code: str) -> str:
    """Return ``text`` as the definition of another procedure; comments and order stay. Raises BadDefinition."""
    wanted = validated({**_mapping(read(text)), "code": code})
    changed = _CODE.sub(lambda line: f'{line[1]}"{code}"', text, count=1)
    try:
        return changed if parse(changed) == wanted else written(wanted)
    except BadDefinition:
        return written(wanted)


def _mapping(raw: object) -> Mapping[str, Any]:
    if not isinstance(raw, Mapping):
        raise _bad(DefinitionFault("", "unreadable", type(raw).__name__))
    return raw


def laid_down(content: Mapping[str, Any]) -> str:
    """Return plain data of a definition in the making as the text of a file, in the order of its parts."""
    return yaml.safe_dump(dict(content), allow_unicode=True, sort_keys=False, width=100)


def upgraded(raw: object) -> object:
    """Return ``raw`` in the present format; format 1 said conditions and steps in fewer words."""
    if not isinstance(raw, Mapping) or raw.get("format") != 1:
        return raw
    new = {**raw, "format": 2}
    new["sections"] = [
        {**section, "fields": [_with_rule(field) for field in section.get("fields", ())]}
        for section in _mappings(raw.get("sections"))
    ]
    new["papers"] = [_with_rule(paper) for paper in _mappings(raw.get("papers"))]
    new["steps"] = [{"stage": step.get("key"), **step} for step in _mappings(raw.get("steps"))]
    return new


def _mappings(raw: object) -> list[Mapping[str, Any]]:
    return [each for each in raw if isinstance(each, Mapping)] if isinstance(raw, list | tuple) else []


def _with_rule(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    condition = raw.get("show_when")
    if not isinstance(condition, Mapping):
        return raw
    equals = condition.get("equals")
    written = json.dumps(equals, ensure_ascii=False)  # CEL writes texts, numbers and booleans as JSON does
    return {**raw, "show_when": f"{condition.get('field')} == {written}"}


def _bad(*faults: DefinitionFault) -> BadDefinition:
    told = [{"where": f.where, "what": f.what, "says": f.at} for f in faults[:MOST_FAULTS]]
    return BadDefinition(faults=told)


def _refuse_traps(text: str) -> None:
    """Raise YAMLError for references and for parts nested deeper than any definition is."""
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=yaml.CSafeLoader)):
        if count > MOST_PARTS:
            raise _bad(DefinitionFault("", "too_many", str(MOST_PARTS)))
        if isinstance(event, AliasEvent):
            raise yaml.YAMLError("references are not allowed")
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if depth > DEEPEST:
            raise yaml.YAMLError("nested too deeply")


class _Plain(yaml.CSafeLoader):
    """Plain YAML: no key twice, times and decimals as they are written."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value]
        if twice := {key for key in keys if keys.count(key) > 1}:
            raise yaml.YAMLError(f"twice: {', '.join(sorted(map(str, twice)))}{node.start_mark}")
        return super().construct_mapping(node, deep)


def _exact(loader: _Plain, node: yaml.ScalarNode) -> Decimal:
    """Return a fraction such as 0.5 exactly as it is written."""
    return Decimal(str(loader.construct_yaml_float(node)))


_Plain.add_constructor("tag:yaml.org,2002:float", _exact)
