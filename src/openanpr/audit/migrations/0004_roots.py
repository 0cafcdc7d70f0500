"""Signed roots of the chain, which are added and never changed."""

from django.db import migrations, models

TABLE = """
create table audit_root (
    sequence   bigint primary key check (sequence > 0),
    hash       bytea not null check (octet_length(hash) = 32),
    made_at    timestamptz not null,
    public_key bytea not null check (octet_length(public_key) = 32),
    signature  bytea not null check (octet_length(signature) = 64)
);
create trigger audit_root_no_change before update or delete on audit_root
    for each row execute function audit_refuse_change();
create trigger audit_root_no_truncate before truncate on audit_root
    for each statement execute function audit_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_sound_values")]
    operations = [
        migrations.RunSQL(
            TABLE,
            "drop table audit_root",
            state_operations=[
                migrations.CreateModel(
                    name="AuditRoot",
                    fields=[
                        ("sequence", models.BigIntegerField(primary_key=True, serialize=False)),
                        ("hash", models.BinaryField()),
                        ("made_at", models.DateTimeField()),
                        ("public_key", models.BinaryField()),
                        ("signature", models.BinaryField()),
                    ],
                    options={
                        "db_table": "audit_root",
                        "ordering": ["sequence"],
                        "managed": False,
                    },
                )
            ],
        )
    ]
