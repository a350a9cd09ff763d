"""A record in the Core Public Service Vocabulary (CPSV-AP 3) as JSON-LD, complete in itself.

Source: SEMIC, CPSV-AP 3.2.0: PublicService, Cost, Channel, Rule, Evidence, Output, LegalResource,
PublicOrganisation. Every node has an IRI under that of the service, so that graphs of several nodes can be merged;
instruments and results with a national code have one that all services share.
"""

from typing import Any, Final
from urllib.parse import quote

from motcua.domain.catalogue.rules.records import dossiers
from motcua.domain.catalogue.rules.records.plain import Wait, plain
from motcua.domain.catalogue.types.process import Channel
from motcua.domain.catalogue.types.record import Record, TimeUnit

CONTEXT: Final[dict[str, Any]] = {
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": "@id",
    "type": "@type",
    "identifier": "dct:identifier",
    "title": {"@id": "dct:title", "@language": "vi"},
    "description": {"@id": "dct:description", "@language": "vi"},
    "label": {"@id": "skos:prefLabel", "@language": "vi"},
    "keyword": {"@id": "dcat:keyword", "@language": "vi"},
    "page": {"@id": "dcat:landingPage", "@type": "@id"},
    "language": {"@id": "dct:language", "@type": "@id"},
    "spatial": {"@id": "dct:spatial", "@type": "@id"},
    "kind": "dct:type",
    "authority": "cv:hasCompetentAuthority",
    "thematicArea": "cv:thematicArea",
    "processingTime": {"@id": "cv:processingTime", "@type": "xsd:duration"},
    "channel": "cv:hasChannel",
    "cost": "cv:hasCost",
    "value": {"@id": "cv:value", "@type": "xsd:decimal"},
    "currency": {"@id": "cv:currency", "@type": "@id"},
    "through": {"@id": "cv:ifAccessedThrough", "@type": "@id"},
    "input": "cpsv:hasInput",
    "output": "cpsv:produces",
    "rule": "cpsv:follows",
    "implements": {"@id": "cpsv:implements", "@type": "@id"},
    "law": "cv:hasLegalResource",
    "related": {"@id": "dct:relation", "@type": "@id"},
}
_VIETNAMESE: Final = "http://publications.europa.eu/resource/authority/language/VIE"
_VIETNAM: Final = "http://publications.europa.eu/resource/authority/country/VNM"
_CURRENCY: Final = "http://publications.europa.eu/resource/authority/currency/"
_CHANNELS: Final = {
    Channel.COUNTER: "Trực tiếp",
    Channel.ONLINE: "Trực tuyến",
    Channel.POST: "Bưu chính công ích",
}
_DURATIONS: Final = {
    TimeUnit.HOUR: "PT{n}H",
    TimeUnit.WORKING_DAY: "P{n}D",  # the vocabulary has no working days; the rule says them in words
    TimeUnit.CALENDAR_DAY: "P{n}D",
    TimeUnit.MONTH: "P{n}M",
}


def graph(records: Any, *, base: str) -> dict[str, Any]:  # noqa: ANN401  # any iterable of records
    """Return several records as one document."""
    return {"@context": CONTEXT, "@graph": [service(record, base=base) for record in records]}


def document(record: Record, *, base: str) -> dict[str, Any]:
    """Return one record as a document with its context inline."""
    return {"@context": CONTEXT, **service(record, base=base)}


def service(record: Record, *, base: str) -> dict[str, Any]:
    """Return one record as a PublicService. ``base`` is the address of the node, without a slash at its end."""
    iri = f"{base}/thu-tuc/{record.code}"
    parts = plain(record)
    laws = [f"{base}/id/van-ban/{quote(each.number, safe='')}" for each in parts.instruments]
    data: dict[str, Any] = {
        "id": iri,
        "type": "cpsv:PublicService",
        "identifier": record.code,
        "title": record.name,
        "description": record.description or record.name,
        "keyword": list(record.keywords),
        "page": iri,
        "language": _VIETNAMESE,
        "spatial": _VIETNAM,
        "thematicArea": {
            "id": f"{base}/id/linh-vuc/{quote(record.field, safe='')}",
            "type": "skos:Concept",
            "label": record.field,
        },
        "authority": [
            {
                "id": f"{iri}#co-quan-{index}",
                "type": "cv:PublicOrganisation",
                "title": body.name,
                "label": body.name,
                **({"identifier": body.code} if body.code else {}),
                "spatial": _VIETNAM,
            }
            for index, body in enumerate(record.agencies.performing, start=1)
        ],
        "processingTime": next((found for wait in parts.waits if (found := _duration(wait))), None),
        "channel": [
            {
                "id": f"{iri}#{way.channel}",
                "type": "cv:Channel",
                "identifier": f"{record.code}-{way.channel}",
                "kind": {"type": "skos:Concept", "label": _CHANNELS[way.channel]},
            }
            for way in parts.ways
        ],
        "cost": _costs(record, iri),
        "input": [
            {
                "id": f"{iri}#giay-to-{index}",
                "type": "cv:Evidence",
                "identifier": line.code or f"{record.code}-{index}",
                "title": line.name,
                **({"page": line.form_url} if line.form_url.startswith("http") else {}),
            }
            for index, line in enumerate(record.dossier, start=1)
            if not dossiers.is_remark(line) and line.name.strip()
        ],
        "output": [
            {
                "id": f"{base}/id/ket-qua/{result.code}" if result.code else f"{iri}#ket-qua-{index}",
                "type": "cv:Output",
                "identifier": result.code or f"{record.code}-{index}",
                "title": result.name,
            }
            for index, result in enumerate(record.results, start=1)
        ],
        "rule": [
            {
                "id": f"{iri}#trinh-tu-{index}",
                "type": "cpsv:Rule",
                "identifier": f"{record.code}-{index}",
                "title": case.case or "Trình tự thực hiện",
                "description": "\n".join(case.steps),
                "implements": laws,
            }
            for index, case in enumerate(record.sequence, start=1)
        ],
        "law": [
            {
                "id": law,
                "type": "eli:LegalResource",
                "identifier": each.number,
                "title": each.title or each.number,
            }
            for law, each in zip(laws, parts.instruments, strict=True)
        ],
        "related": [f"{base}/thu-tuc/{code}" for code in record.related],
    }
    return {key: value for key, value in data.items() if value not in (None, "", [])}


def _costs(record: Record, iri: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for price in plain(record).prices:
        for fee in price.fees:
            index = len(found) + 1
            found.append(
                {
                    "id": f"{iri}#phi-{index}",
                    "type": "cv:Cost",
                    "identifier": fee.code or f"{record.code}-{index}",
                    "value": str(fee.amount),
                    "currency": _CURRENCY + fee.currency,
                    "through": [f"{iri}#{channel}" for channel in price.channels],
                    **({"description": fee.text} if fee.text else {}),
                }
            )
    return found


def _duration(wait: Wait) -> str | None:
    """Return a duration of ISO 8601; halves of a day are hours, eight to a working day."""
    if wait.time is None or wait.unit is None:
        return None
    if wait.time == wait.time.to_integral_value():
        return _DURATIONS[wait.unit].format(n=int(wait.time))
    if wait.unit in {TimeUnit.WORKING_DAY, TimeUnit.CALENDAR_DAY}:
        hours = wait.time * (8 if wait.unit is TimeUnit.WORKING_DAY else 24)
        return f"PT{hours.normalize():f}H" if hours == hours.to_integral_value() else None
    return None
