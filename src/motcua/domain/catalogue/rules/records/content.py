"""The stored form of a record: plain data, a hash of it, and the record back from it."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import orjson
from pydantic import ValidationError

from motcua.domain.catalogue.types.record import Record
from motcua.domain.catalogue.types.record_views import Fault
from motcua.domain.catalogue.types.refusals import BadRecord

_SHOWN = 80


def stored(record: Record) -> dict[str, Any]:
    """Return the record as JSON data without what is the default."""
    return record.model_dump(mode="json", exclude_defaults=True) | {"schema_version": record.schema_version}


def content_hash(data: Mapping[str, Any]) -> str:
    """Return the SHA-256 of stored data, keys in order: the same record has the same hash everywhere."""
    return sha256(orjson.dumps(data, option=orjson.OPT_SORT_KEYS)).hexdigest()


def restored(data: Mapping[str, Any]) -> Record:
    """Return the record in stored or hand-written data. Raises BadRecord."""
    try:
        return Record.model_validate(data)
    except ValidationError as error:
        raise BadRecord(fields={fault.field: fault.code for fault in faults_of(error)}) from error


def faults_of(error: ValidationError) -> tuple[Fault, ...]:
    """Return what pydantic found wrong, one fault a place."""
    return tuple(
        Fault(".".join(map(str, each["loc"])), each["type"], repr(each["input"])[:_SHOWN])
        for each in error.errors(include_url=False)
    )
