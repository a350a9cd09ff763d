"""Refuse to rewrite the ledger, in the database itself.

What a trigger refuses an owner of the table can still do by disabling it; ``motcua ledger verify``
finds the trace. The conditions stand in WHEN clauses, so that an allowed row costs no function call.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;

CREATE TRIGGER ledger_leaf_stays BEFORE UPDATE ON ledger_leaf FOR EACH ROW
WHEN (
    OLD.position IS NOT NULL
    OR (OLD.id, OLD.deed, OLD.subject, OLD.person_id, OLD.role, OLD.agency_id, OLD.seat_id, OLD.at,
        OLD.facts, OLD.leaf_hash, OLD.recorded_at)
       IS DISTINCT FROM
       (NEW.id, NEW.deed, NEW.subject, NEW.person_id, NEW.role, NEW.agency_id, NEW.seat_id, NEW.at,
        NEW.facts, NEW.leaf_hash, NEW.recorded_at)
)
EXECUTE FUNCTION ledger_refuse();

CREATE TRIGGER ledger_tile_only_grows BEFORE UPDATE ON ledger_tile FOR EACH ROW
WHEN (
    (OLD.level, OLD.number) IS DISTINCT FROM (NEW.level, NEW.number)
    OR substring(NEW.hashes FOR octet_length(OLD.hashes)) IS DISTINCT FROM OLD.hashes
)
EXECUTE FUNCTION ledger_refuse();

CREATE TRIGGER ledger_head_stays BEFORE UPDATE ON ledger_head FOR EACH ROW EXECUTE FUNCTION ledger_refuse();

CREATE TRIGGER ledger_leaf_never_goes BEFORE DELETE OR TRUNCATE ON ledger_leaf EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_tile_never_goes BEFORE DELETE OR TRUNCATE ON ledger_tile EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_head_never_goes BEFORE DELETE OR TRUNCATE ON ledger_head EXECUTE FUNCTION ledger_refuse();

-- Hashes do not compress, so nothing tries.
ALTER TABLE ledger_tile ALTER COLUMN hashes SET STORAGE EXTERNAL;
"""

BACKWARD = """
DROP TRIGGER ledger_leaf_stays ON ledger_leaf;
DROP TRIGGER ledger_leaf_never_goes ON ledger_leaf;
DROP TRIGGER ledger_tile_only_grows ON ledger_tile;
DROP TRIGGER ledger_tile_never_goes ON ledger_tile;
DROP TRIGGER ledger_head_stays ON ledger_head;
DROP TRIGGER ledger_head_never_goes ON ledger_head;
DROP FUNCTION ledger_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
