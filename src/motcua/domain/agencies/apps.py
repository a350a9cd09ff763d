"""Django wiring of the agencies app."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "motcua.domain.agencies"
    label = "agencies"

    def ready(self) -> None:
        from motcua.domain.agencies import events
        from motcua.platform.outbox.types import nobody_hears

        because = "recorded for read models and partners; what depends on agencies asks the queries"
        for event in (
            events.AgencyOpened,
            events.AgencyRenamed,
            events.AgencyMoved,
            events.CodeGiven,
            events.AgencyClosed,
            events.AgencySucceeded,
            events.SeatFilled,
            events.SeatEnded,
            events.OfficeHoursSet,
            events.CalendarDaySet,
            events.TerritoryLoaded,
        ):
            nobody_hears(event, because=because)
