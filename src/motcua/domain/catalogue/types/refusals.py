"""What the catalogue refuses."""

from motcua.kernel.errors import Conflict, Invalid, Unknown


class UnknownProcedure(Unknown):
    """No procedure with this code is published on that date."""

    code = "catalogue.unknown_procedure"


class BadDefinition(Invalid):
    """The definition does not follow the grammar; ``facts["faults"]`` lists where and why."""

    code = "catalogue.bad_definition"


class AlreadyPublished(Conflict):
    """A version with the same or a later effective date is already published."""

    code = "catalogue.already_published"


class BadAnswers(Invalid):
    """Answers are missing or wrong; ``facts["fields"]`` maps each field to a code."""

    code = "catalogue.bad_answers"
