"""The shape of the files that say how questions are read: ``finding/{words,synonyms,everyday/*}.yaml``."""

from collections.abc import Iterable, Mapping
from typing import Any

from motcua.domain.catalogue.types.finding import Deed, LevelWords, Prior, SpecialCase, Synonym, Words


def read_words(
    words: Mapping[str, Any],
    synonyms: list[Mapping[str, Any]],
    everyday: Iterable[Mapping[str, list[object]]] = (),
) -> Words:
    """Return what the files say. Raises KeyError or ValueError where they do not follow the shape."""
    prior = words["prior"]
    return Words(
        fillers=_listed(words["fillers"]),
        deeds=tuple(
            Deed(key, _texts(deed["asks"]), _texts(deed["names"])) for key, deed in words["deeds"].items()
        ),
        deed_asked_and_there=float(words["deed_asked_and_there"]),
        deed_asked_and_missing=float(words["deed_asked_and_missing"]),
        deed_there_and_not_asked=float(words["deed_there_and_not_asked"]),
        special=tuple(
            SpecialCase(case["name"], float(case["factor"]), _texts(case["asked"]))
            for case in words["special"]
        ),
        levels=tuple(
            LevelWords(level, _texts(said["marks"]), _texts(said["asked"]))
            for level, said in words["levels"].items()
        ),
        prior=Prior(
            {level: float(factor) for level, factor in prior["level"].items()},
            float(prior["citizen"]),
            float(prior["essential"]),
            frozenset(_listed(prior["essential_codes"])),
        ),
        synonyms=tuple(Synonym(_texts(each["says"]), _texts(each["means"])) for each in synonyms),
        same=tuple(_listed(each) for each in words.get("same", ())),
        everyday=_merged(everyday),
    )


def _merged(files: Iterable[Mapping[str, list[object]]]) -> dict[str, tuple[str, ...]]:
    """Return the phrases of each procedure; several files may have some for the same one."""
    phrases: dict[str, tuple[str, ...]] = {}
    for file in files:
        for code, said in file.items():
            phrases[code] = tuple(dict.fromkeys((*phrases.get(code, ()), *_texts(said))))
    return phrases


def _texts(values: list[object]) -> tuple[str, ...]:
    return tuple(str(value) for value in values)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part for piece in text.split(",") if (part := piece.strip()))
