"""Steps between a right password and an open session."""

from allauth.account.stages import EmailVerificationStage
from django.http import HttpResponse


class ConfirmAddress(EmailVerificationStage):  # type: ignore[misc]  # allauth has no types
    """Ask for a confirmed address of those who came by themselves and have proven nothing yet.

    For other accounts an administrator or the identity provider has vouched.
    """

    def handle(self) -> tuple[HttpResponse | None, bool]:
        user = self.login.user
        if user is not None and not user.claimed_personal_id:
            return None, True
        return super().handle()  # type: ignore[no-any-return]  # allauth has no types
