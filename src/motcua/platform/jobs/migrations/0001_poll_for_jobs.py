"""Take the NOTIFY off job insertion: PostgreSQL holds one lock per server while a notifying commit reaches the disk.

With it, every deed that announces an event would wait for every other one's commit. The worker asks for work
twice a second instead. See docs/decisions/jobs.md.
"""

from django.db import migrations

TRIGGER = "procrastinate_jobs_notify_queue_job_inserted_v1"


class Migration(migrations.Migration):
    dependencies = [("procrastinate", "0041_post_retry_failed_job")]

    operations = [
        migrations.RunSQL(
            sql=f"DROP TRIGGER {TRIGGER} ON procrastinate_jobs",
            reverse_sql=(
                f"CREATE TRIGGER {TRIGGER} AFTER INSERT ON procrastinate_jobs FOR EACH ROW"
                " WHEN ((NEW.status = 'todo'::procrastinate_job_status))"
                " EXECUTE PROCEDURE procrastinate_notify_queue_job_inserted_v1()"
            ),
        )
    ]
