"""Read the catalogue: procedures in force, what a definition means for given answers, search."""

from motcua.domain.catalogue.queries.clarity import (
    Clarity,
    clarity,
    least_clear,
)
from motcua.domain.catalogue.queries.definitions import (
    Trial,
    read_definition,
    shipped_codes,
    shipped_text,
    tried,
)
from motcua.domain.catalogue.queries.drafts import (
    blank_item,
    definition_draft,
    definition_drafts,
    draft_view_of,
    drafted,
    faults_of,
    laid_down,
    part_of,
    read_plain,
    with_item,
    with_item_moved,
    with_part,
    with_question_renamed,
    without_part,
)
from motcua.domain.catalogue.queries.exports import (
    ExportFormat,
    export_records,
    export_template,
)
from motcua.domain.catalogue.queries.guides import (
    Plan,
    PlannedStep,
    guide,
    guides,
    plan,
)
from motcua.domain.catalogue.queries.imports import (
    preview_import,
    record_import,
    record_imports,
)
from motcua.domain.catalogue.queries.local_rules import (
    LocalRuleView,
    local_conflicts,
    local_record,
    local_rules,
)
from motcua.domain.catalogue.queries.paper_forms import (
    paper_form,
    paper_form_picture,
)
from motcua.domain.catalogue.queries.procedures import (
    codes,
    definition_text,
    definitions_in_force,
    names,
    procedure,
    procedures,
    successions,
    version,
)
from motcua.domain.catalogue.queries.proofs import (
    cloned_definition,
    differences_between,
    prove,
    prove_text,
    schema_of_definitions,
)
from motcua.domain.catalogue.queries.records import (
    Disagreement,
    RecordFilter,
    catalogue_stamp,
    disagreements,
    has_definition,
    is_code,
    known_codes,
    record,
    record_counts,
    record_fields,
    record_history,
    record_names,
    record_version,
    records,
    records_in_force,
    search_rows,
)
from motcua.domain.catalogue.queries.samples import (
    sample_form,
    sample_picture,
    sample_result,
)
from motcua.domain.catalogue.queries.search import (
    browse,
    candidates,
    forget_index,
    own_synonyms,
    records_of,
    search,
    search_definitions,
    search_rows_of,
    shipped_words,
    suggest,
)
from motcua.domain.catalogue.rules import (
    answers,
    fees,
    process,
    results,
)
from motcua.domain.catalogue.rules.records import (
    clarity as personal,
)
from motcua.domain.catalogue.rules.records import (
    cpsv,
    levels,
    local,
    oddities,
    schema_org,
    shapes,
)
from motcua.domain.catalogue.rules.records import (
    differences as differing,
)
from motcua.domain.catalogue.rules.records import (
    plain as plainly,
)
from motcua.domain.catalogue.types import (
    Definition,
    FeeLine,
    PaperSpec,
)

differences = differing.differences
local_places = local.places
checked_answers = answers.checked
partly_checked_answers = answers.partly_checked
filled = answers.filled
failed_check = answers.failed_check
missing_answer = answers.missing
fee_lines = fees.lines
total_fee_dong = fees.total_dong
result_facts = results.facts
communes_named = results.communes_named
plain = plainly.plain
groups_for = plainly.groups_for
level_before_2022 = levels.level_before_2022
oddities_of = oddities.found
is_cut_name = oddities.is_cut_name
cpsv_document = cpsv.document
open_shape = shapes.to_open
government_service = schema_org.government_service
without_personal_numbers = personal.without_personal_numbers
Filled = answers.Filled
course = process.course
Course = process.Course
result_templates = results.templates

__all__ = [
    "Clarity",
    "Course",
    "Definition",
    "Disagreement",
    "ExportFormat",
    "FeeLine",
    "Filled",
    "LocalRuleView",
    "PaperSpec",
    "Plan",
    "PlannedStep",
    "RecordFilter",
    "Trial",
    "blank_item",
    "browse",
    "candidates",
    "catalogue_stamp",
    "checked_answers",
    "clarity",
    "cloned_definition",
    "codes",
    "communes_named",
    "course",
    "cpsv_document",
    "definition_draft",
    "definition_drafts",
    "definition_text",
    "definitions_in_force",
    "differences",
    "differences_between",
    "disagreements",
    "draft_view_of",
    "drafted",
    "export_records",
    "export_template",
    "failed_check",
    "faults_of",
    "fee_lines",
    "filled",
    "forget_index",
    "government_service",
    "groups_for",
    "guide",
    "guides",
    "has_definition",
    "is_code",
    "is_cut_name",
    "known_codes",
    "laid_down",
    "least_clear",
    "level_before_2022",
    "local_conflicts",
    "local_places",
    "local_record",
    "local_rules",
    "missing_answer",
    "names",
    "oddities_of",
    "open_shape",
    "own_synonyms",
    "paper_form",
    "paper_form_picture",
    "part_of",
    "partly_checked_answers",
    "plain",
    "plan",
    "preview_import",
    "procedure",
    "procedures",
    "prove",
    "prove_text",
    "read_definition",
    "read_plain",
    "record",
    "record_counts",
    "record_fields",
    "record_history",
    "record_import",
    "record_imports",
    "record_names",
    "record_version",
    "records",
    "records_in_force",
    "records_of",
    "result_facts",
    "result_templates",
    "sample_form",
    "sample_picture",
    "sample_result",
    "schema_of_definitions",
    "search",
    "search_definitions",
    "search_rows",
    "search_rows_of",
    "shipped_codes",
    "shipped_text",
    "shipped_words",
    "successions",
    "suggest",
    "total_fee_dong",
    "tried",
    "version",
    "with_item",
    "with_item_moved",
    "with_part",
    "with_question_renamed",
    "without_part",
    "without_personal_numbers",
]
