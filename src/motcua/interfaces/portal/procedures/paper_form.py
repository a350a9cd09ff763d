"""The paper form of a procedure, for who would rather write by hand."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from motcua.domain.catalogue import queries as catalogue
from motcua.interfaces.design import paper_forms
from motcua.interfaces.design.access import ActedRequest, open_to_all, today


@open_to_all
@require_safe
def paper_form(request: ActedRequest, code: str) -> HttpResponse:
    """Give the form of the version in force as PDF. Raises UnknownProcedure."""
    view = catalogue.procedure(code, on=today())
    response = HttpResponse(
        paper_forms.printed(view.definition, view.version), content_type="application/pdf"
    )
    response["Content-Disposition"] = f'inline; filename="to-khai-{view.code}.pdf"'
    return response
