"""Whether the node answers."""

from ninja import Router, Schema

from motcua.interfaces.api.doors import admits_anyone
from motcua.interfaces.design.access import ActedRequest

router = Router(tags=["Node"])


class Health(Schema):
    status: str


@router.get("/health", response=Health, operation_id="health")
@admits_anyone
def health(request: ActedRequest) -> Health:
    """Say that the node answers requests. Probes of its parts stand outside the API."""
    return Health(status="ok")
