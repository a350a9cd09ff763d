"""Tables of the identity app."""

from django.contrib.auth.models import AbstractUser


class Account(AbstractUser):
    """A way to sign in."""
