"""What the catalogue refuses."""

from motcua.kernel.errors import Conflict, Invalid, Unknown


class UnknownProcedure(Unknown):
    """No procedure with this code is published on that date."""

    code = "catalogue.unknown_procedure"


class BadDefinition(Invalid):
    """The definition does not follow the grammar; ``facts["faults"]`` lists where and why."""

    code = "catalogue.bad_definition"


class NotProved(Invalid):
    """The definition can be read and has faults; ``facts["findings"]`` lists where, what and the answers."""

    code = "catalogue.not_proved"


class AlreadyPublished(Conflict):
    """A version with the same or a later effective date is already published."""

    code = "catalogue.already_published"


class BadAnswers(Invalid):
    """Answers are missing or wrong; ``facts["fields"]`` maps each field to a code."""

    code = "catalogue.bad_answers"


class UnreadableFile(Invalid):
    """The file as a whole cannot be read; ``facts["why"]`` is a stable word, ``facts["at"]`` where."""

    code = "catalogue.unreadable_file"


class ImportRunning(Conflict):
    """Another import is writing records at this moment."""

    code = "catalogue.import_running"


class BadRecord(Invalid):
    """A record does not follow the grammar; ``facts["fields"]`` maps each field to what is wrong."""

    code = "catalogue.bad_record"


class NotLater(Conflict):
    """The open version of the record starts later than the new one would."""

    code = "catalogue.not_later"


class AlreadyAbolished(Conflict):
    """The procedure is abolished, or will be."""

    code = "catalogue.already_abolished"


class UnknownImport(Unknown):
    """There is no such import."""

    code = "catalogue.unknown_import"


class NotPreviewed(Conflict):
    """Only an import that was read and waits can be confirmed."""

    code = "catalogue.not_previewed"


class BadSynonym(Invalid):
    """A synonym lacks its words or what they stand for; ``facts["fields"]`` maps each field to what is wrong."""

    code = "catalogue.bad_synonym"


class UnknownSynonym(Unknown):
    """There is no such synonym of this node that still counts."""

    code = "catalogue.unknown_synonym"


class BadLocalRule(Invalid):
    """A local rule changes what it may not, or to nonsense; ``facts["fields"]`` maps each path to a code."""

    code = "catalogue.bad_local_rule"


class UnknownGuide(Unknown):
    """There is no such guide."""

    code = "catalogue.unknown_guide"
