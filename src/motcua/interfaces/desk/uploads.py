"""Files handed in at the desk: several at once for one paper, kept for the person they belong to."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, TypeAlias, cast
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from motcua.domain.catalogue.types import FileKind, PaperSpec
from motcua.kernel.actors import Actor
from motcua.platform.files import commands as files
from motcua.platform.files.types import FileId, Kind

Uploaded: TypeAlias = "UploadedFile[Any]"

KINDS: Final[Mapping[FileKind, frozenset[Kind]]] = {
    FileKind.PDF: frozenset({Kind.PDF}),
    FileKind.IMAGE: frozenset({Kind.JPEG, Kind.PNG, Kind.WEBP, Kind.HEIC, Kind.TIFF}),
}
ENDINGS: Final[Mapping[FileKind, str]] = {FileKind.PDF: ".pdf", FileKind.IMAGE: "image/*"}


class ManyFiles(forms.FileInput):
    """A file input that takes several."""

    allow_multiple_selected = True

    def value_from_datadict(
        self, data: Mapping[str, object], files: MultiValueDict[str, Uploaded], name: str
    ) -> list[Uploaded]:
        return cast("list[Uploaded]", files.getlist(name)) if hasattr(files, "getlist") else []


class PaperField(forms.Field):
    """The files of one component of a dossier; none is an answer too."""

    def __init__(self, spec: PaperSpec, language: str) -> None:
        accept = ",".join(ENDINGS[kind] for kind in spec.accepts)
        super().__init__(
            required=False,
            label=spec.name.to(language),
            help_text=spec.hint.to(language) if spec.hint else "",
            widget=ManyFiles({"accept": accept}),
        )
        self.spec = spec

    def clean(self, value: object) -> object:
        chosen = cast("list[Uploaded]", value or [])
        if len(chosen) > self.spec.max_files:
            raise forms.ValidationError(_("Nhiều nhất %(most)d tệp.") % {"most": self.spec.max_files})
        return chosen


def kept(chosen: list[Uploaded], spec: PaperSpec, *, owner: UUID, actor: Actor, at: datetime) -> list[FileId]:
    """Store the files of one component. Raises what ``files.store`` raises about a bad file."""
    accepts = frozenset().union(*(KINDS[kind] for kind in spec.accepts))
    return [
        files.store(
            one.chunks(), name=str(one.name or "giay-to"), owner=owner, actor=actor, at=at, accepts=accepts
        ).id
        for one in chosen
    ]
