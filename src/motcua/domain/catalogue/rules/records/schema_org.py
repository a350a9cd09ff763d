"""A record as schema.org ``GovernmentService``: what search engines and assistants read on the page.

Source: https://schema.org/GovernmentService (a Service with channels, area, provider and output).
"""

from typing import Any, Final

from motcua.domain.catalogue.rules.records.plain import Plain
from motcua.domain.catalogue.types.process import Channel
from motcua.domain.catalogue.types.record import Level, Record, Subject

_AREAS: Final = {
    Level.MINISTRY: "Việt Nam",
    Level.PROVINCE: "Cấp tỉnh",
    Level.DISTRICT: "Cấp huyện",
    Level.COMMUNE: "Cấp xã",
    Level.OTHER: "Việt Nam",
}
_CHANNELS: Final = {
    Channel.COUNTER: "Trực tiếp",
    Channel.ONLINE: "Trực tuyến",
    Channel.POST: "Bưu chính công ích",
}
_PEOPLE: Final = frozenset({Subject.CITIZEN, Subject.OVERSEAS, Subject.FOREIGNER, Subject.OFFICIAL})


def government_service(record: Record, parts: Plain, *, url: str) -> dict[str, Any]:
    """Return the record as JSON-LD; only what the record says. ``parts`` are its plain parts."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "@id": url,
        "url": url,
        "identifier": record.code,
        "name": record.name,
        "description": record.description,
        "serviceType": record.field,
        "inLanguage": "vi",
        "provider": [
            {"@type": "GovernmentOrganization", "name": body.name} for body in record.agencies.performing
        ],
        "areaServed": sorted({_AREAS[level] for level in record.levels}),
        "audience": _audiences(record),
        "availableChannel": [
            {"@type": "ServiceChannel", "name": _CHANNELS[way.channel]}
            | ({"serviceUrl": url} if way.channel is Channel.ONLINE else {})
            for way in parts.ways
        ],
        "serviceOutput": [{"@type": "Thing", "name": name} for name in parts.outcomes],
        "offers": [
            {
                "@type": "Offer",
                "price": str(fee.amount),
                "priceCurrency": fee.currency,
                "description": fee.text,
            }
            for fee in dict.fromkeys(fee for price in parts.prices for fee in price.fees)
        ],
    }
    return {key: value for key, value in data.items() if value not in ("", [], None)}


def _audiences(record: Record) -> list[dict[str, str]]:
    kinds = {"PeopleAudience" if subject in _PEOPLE else "BusinessAudience" for subject in record.subjects}
    return [{"@type": kind} for kind in sorted(kinds)]
