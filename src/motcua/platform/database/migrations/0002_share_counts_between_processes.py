from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("database", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Shared",
            fields=[
                ("key", models.CharField(max_length=300, primary_key=True, serialize=False)),
                ("value", models.JSONField()),
                ("expires_at", models.DateTimeField(db_index=True)),
            ],
        ),
        # counts are written at every request and worth nothing after a crash
        migrations.RunSQL(
            "ALTER TABLE database_shared SET UNLOGGED", "ALTER TABLE database_shared SET LOGGED"
        ),
    ]
