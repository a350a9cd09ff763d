"""Tables of the database service."""

from django.db import models


class Stamp(models.Model):
    """What has been done to this database and need not be done again: migrations, the sample province."""

    name = models.CharField(max_length=40, primary_key=True)
    value = models.CharField(max_length=200)
    put_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"


class Shared(models.Model):
    """A count or mark that all processes see, until its time is over; read and written by ``adapters`` alone."""

    key = models.CharField(max_length=300, primary_key=True)
    value = models.JSONField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key
