"""Tables of the database service."""

from django.db import models


class Stamp(models.Model):
    """What has been done to this database and need not be done again: migrations, the sample province."""

    name = models.CharField(max_length=40, primary_key=True)
    value = models.CharField(max_length=200)
    put_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"
