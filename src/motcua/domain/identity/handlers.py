"""Identity stands at the bottom: it hears nobody, and says of each event why nobody need hear it yet."""

from motcua.domain.identity import events
from motcua.platform.outbox.types import nobody_hears

_READ_ON_DEMAND = "other apps read persons when they need them; announced for read models of the insight tier"
_SECURITY = "the deed is complete in itself; announced for the security journal of the insight tier"

nobody_hears(events.PersonRegistered, because=_READ_ON_DEMAND)
nobody_hears(events.PersonCorrected, because=_READ_ON_DEMAND)
nobody_hears(events.FamilyLinked, because=_READ_ON_DEMAND)
nobody_hears(events.FamilyLinkEnded, because=_READ_ON_DEMAND)
nobody_hears(events.OrganisationRegistered, because=_READ_ON_DEMAND)
nobody_hears(events.RepresentativeAppointed, because=_READ_ON_DEMAND)
nobody_hears(events.RepresentativeDismissed, because=_READ_ON_DEMAND)
nobody_hears(events.AccountOpened, because=_SECURITY)
nobody_hears(events.IdentityProven, because=_SECURITY)
nobody_hears(events.AccountClosed, because=_SECURITY)
nobody_hears(events.AccountReopened, because=_SECURITY)
nobody_hears(events.TokenIssued, because=_SECURITY)
nobody_hears(events.TokenRevoked, because=_SECURITY)
