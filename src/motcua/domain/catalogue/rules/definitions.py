"""Read a definition from YAML or JSON and say in one list what is wrong with it."""

import yaml
from pydantic import ValidationError

from motcua.domain.catalogue.types import BadDefinition, Definition


def parse(text: str) -> Definition:
    """Return the definition written in ``text`` (YAML, of which JSON is a part).

    Raises BadDefinition with ``faults``: a list of ``{"where": "sections.0.fields.2.type", "what": …}``.
    """
    try:
        raw = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise BadDefinition(faults=[{"where": "", "what": str(error)}]) from error
    return validated(raw)


def validated(raw: object) -> Definition:
    """Return the definition in plain data ``raw``. Raises BadDefinition like ``parse``."""
    try:
        return Definition.model_validate(raw)
    except ValidationError as error:
        faults = [{"where": ".".join(map(str, e["loc"])), "what": e["msg"]} for e in error.errors()]
        raise BadDefinition(faults=faults) from error
