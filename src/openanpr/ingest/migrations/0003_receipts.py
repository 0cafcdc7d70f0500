"""The runs of numbers received from each reader, and the gaps between them."""

from django.db import migrations, models

RECEIPTS = """
create table reader_receipt (
    device           uuid primary key,
    received         int8multirange not null,
    last_received_at timestamptz not null
);
create index ingest_batch_by_end on ingest_batch (device, (first_sequence + reads));
"""


class Migration(migrations.Migration):
    dependencies = [("ingest", "0002_onward")]
    operations = [
        migrations.RunSQL("set local lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.RunSQL(RECEIPTS, "drop index ingest_batch_by_end; drop table reader_receipt"),
        migrations.CreateModel(
            name="ReaderGap",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "device",
                        "first_number",
                        "last_number",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("device", models.UUIDField()),
                ("first_number", models.BigIntegerField()),
                ("last_number", models.BigIntegerField()),
                ("noticed_at", models.DateTimeField()),
                ("after_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
            ],
            options={"db_table": "reader_gap"},
        ),
    ]
