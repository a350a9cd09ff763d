"""Storage in a bucket that speaks S3: a ministry's own (MinIO, Ceph, Garage) or a cloud's."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Self

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError
from django.conf import settings

from motcua.platform.files.types import Missing

_PIECE = 1 << 20
_ABSENT = {"404", "NoSuchKey", "NotFound"}


@dataclass(frozen=True, slots=True)
class S3Storage:
    """One object per key, in one bucket. S3 makes an object visible whole or not at all."""

    client: Any
    bucket: str

    @classmethod
    def from_settings(cls) -> Self:
        chosen = settings.FILES_S3
        return cls(
            _client(chosen["endpoint"], chosen["region"], chosen["key_id"], chosen["secret"]),
            chosen["bucket"],
        )

    def put(self, key: str, source: Path) -> None:
        with source.open("rb") as body:
            self.client.put_object(
                Bucket=self.bucket, Key=key, Body=body, ContentType="application/octet-stream"
            )

    def size(self, key: str) -> int | None:
        try:
            return int(self.client.head_object(Bucket=self.bucket, Key=key)["ContentLength"])
        except ClientError as error:
            if error.response["Error"]["Code"] in _ABSENT:
                return None
            raise

    def read(self, key: str, *, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        size = self.size(key)
        if size is None:
            raise Missing(key)
        end = size if stop is None else min(stop, size)
        if start >= end:  # a range of nothing cannot be asked for
            return
        answer = self.client.get_object(Bucket=self.bucket, Key=key, Range=f"bytes={start}-{end - 1}")
        with closing(answer["Body"]) as body:
            yield from body.iter_chunks(_PIECE)

    def remove(self, key: str) -> None:
        self.client.delete_object(Bucket=self.bucket, Key=key)


@cache
def _client(endpoint: str, region: str, key_id: str, secret: str) -> Any:  # noqa: ANN401 - boto3 makes its clients at run time
    return boto3.client(
        "s3",
        endpoint_url=endpoint or None,
        region_name=region,
        aws_access_key_id=key_id,
        aws_secret_access_key=secret,
        config=Config(
            signature_version="s3v4",
            s3={"addressing_style": "path"},
            retries={"max_attempts": 4, "mode": "standard"},
            connect_timeout=5,
            read_timeout=60,
            # Self-hosted stores seldom know the newer trailing checksums.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        ),
    )
