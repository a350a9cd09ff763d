"""Answers kept for a day."""

from django.db import models


class KeptAnswer(models.Model):
    """The answer to the first request with a key of an owner."""

    owner = models.CharField(max_length=120)
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField()
    body = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "key"], name="idempotency_one_answer_per_key")
        ]
        indexes = [models.Index(fields=["at"], name="idempotency_age")]

    def __str__(self) -> str:
        return f"{self.owner} {self.key}"
