"""Keep the figures of dossiers: count again what history says has changed, at most a minute old.

The law of what is late stands in ``rules/figures`` and ``rules/audit``; ENDED_AT and IS_LATE say it in SQL
(``tests/test_figures`` compares them deed by deed).
"""

from datetime import datetime, timedelta
from typing import Final

from django.db import connection, transaction

from motcua.domain.cases.models import Counted
from motcua.domain.cases.queries.figures import DAY_OF, IS_LATE, IS_WITHDRAWN
from motcua.kernel.actors import Actor, Role
from motcua.kernel.ids import first_at

#: history that was written by a transaction this old is still found; older ones wait for the night
OVERLAP: Final = timedelta(minutes=10)
_COUNTER: Final = 0x66_69_67_01  #: one counter at a time

# Days of offices on which something was received or ended, among the dossiers that moved.
_MOVED: Final = f"""
    CREATE TEMPORARY TABLE cases_recounted AS
    SELECT DISTINCT d.agency_id, day.on
      FROM cases_dossier d
      CROSS JOIN LATERAL (VALUES ({DAY_OF.format("d.accepted_at")}), ({DAY_OF.format("d.finished_at")})) AS day ("on")
     WHERE day.on IS NOT NULL
       AND (%(all)s OR d.id IN (SELECT dossier_id FROM cases_history WHERE id >= %(since)s))
"""
_FORGET_DAYS: Final = """
    DELETE FROM cases_figure f USING cases_recounted r
     WHERE f.grain = 'day' AND f.on = r.on AND f.agency_id = r.agency_id
"""
_COUNT_DAYS: Final = f"""
    INSERT INTO cases_figure (grain, "on", agency_id, procedure_code, channel, measure, is_late, count)
    SELECT 'day', r.on, r.agency_id, one.procedure_code, one.channel, one.measure, one.is_late, count(*)
      FROM cases_recounted r
      CROSS JOIN LATERAL (
        SELECT procedure_code, channel, 'received' AS measure, false AS is_late FROM cases_dossier
         WHERE agency_id = r.agency_id AND accepted_at >= (r.on::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh')
           AND accepted_at < ((r.on + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh')
        UNION ALL
        SELECT procedure_code, channel,
               CASE WHEN state = 'not_accepted' THEN 'declined' WHEN state <> 'stopped' THEN 'done'
                    WHEN {IS_WITHDRAWN} THEN 'withdrawn' ELSE 'stopped' END,
               {IS_LATE}
          FROM cases_dossier
         WHERE agency_id = r.agency_id AND finished_at >= (r.on::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh')
           AND finished_at < ((r.on + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh')
      ) AS one
     GROUP BY 2, 3, 4, 5, 6, 7
"""
_FORGET_MONTHS: Final = """
    DELETE FROM cases_figure f USING (SELECT DISTINCT agency_id, date_trunc('month', r.on)::date AS on
                                        FROM cases_recounted r) AS month
     WHERE f.grain = 'month' AND f.on = month.on AND f.agency_id = month.agency_id
"""
_COUNT_MONTHS: Final = """
    INSERT INTO cases_figure (grain, "on", agency_id, procedure_code, channel, measure, is_late, count)
    SELECT 'month', month.on, f.agency_id, f.procedure_code, f.channel, f.measure, f.is_late, sum(f.count)
      FROM (SELECT DISTINCT agency_id, date_trunc('month', r.on)::date AS on FROM cases_recounted r) AS month
      JOIN cases_figure f ON f.grain = 'day' AND f.agency_id = month.agency_id
       AND f.on >= month.on AND f.on < month.on + interval '1 month'
     GROUP BY 2, 3, 4, 5, 6, 7
"""
_FORGET_OPEN: Final = "DELETE FROM cases_figure WHERE grain = 'now'"
_COUNT_OPEN: Final = """
    INSERT INTO cases_figure (grain, "on", agency_id, procedure_code, channel, measure, is_late, count)
    SELECT 'now', %(on)s, agency_id, procedure_code, channel,
           CASE WHEN state = 'submitted' THEN 'waiting' WHEN state IN ('accepted', 'processing') THEN 'running'
                ELSE 'paused' END,
           state IN ('accepted', 'processing') AND COALESCE(due_at < %(at)s, false), count(*)
      FROM cases_dossier
     WHERE state IN ('submitted', 'accepted', 'processing', 'supplement_requested', 'payment_requested',
                     'withdrawal_requested')
     GROUP BY 2, 3, 4, 5, 6, 7
"""


@transaction.atomic
def count_figures(*, actor: Actor, at: datetime, anew: bool = False) -> bool:
    """Bring the figures up to date; ``anew`` counts everything again. Return False if another process is at it.

    May be repeated. Writes no leaf and announces nothing: figures are derived.
    """
    actor.require(Role.SYSTEM, Role.ADMIN)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_COUNTER])
        if not cursor.fetchone()[0]:
            return False
        last = Counted.objects.values_list("until", flat=True).first()
        since = at if last is None else min(last, at) - OVERLAP
        cursor.execute(_MOVED, {"all": anew or last is None, "since": first_at(since)})
        for statement in (_FORGET_DAYS, _COUNT_DAYS, _FORGET_MONTHS, _COUNT_MONTHS, _FORGET_OPEN):
            cursor.execute(statement)
        cursor.execute("DROP TABLE cases_recounted")
        cursor.execute(_COUNT_OPEN, {"on": at.date(), "at": at})
    Counted.objects.update_or_create(only=True, defaults={"until": at})
    return True
