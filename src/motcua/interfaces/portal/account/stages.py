"""Steps between a right password and an open session."""

from allauth.account.models import EmailAddress
from allauth.account.stages import EmailVerificationStage
from django.http import HttpResponse


class ConfirmAddress(EmailVerificationStage):  # type: ignore[misc]  # allauth has no types
    """Ask for a confirmed address, except of accounts opened without one by an administrator or provider."""

    def handle(self) -> tuple[HttpResponse | None, bool]:
        user = self.login.user
        if user is not None and not EmailAddress.objects.filter(user=user).exists():
            return None, True
        return super().handle()  # type: ignore[no-any-return]  # allauth has no types
