import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import openanpr.wire.ids


class Migration(migrations.Migration):
    dependencies = [
        ("hotlists", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HotlistImport",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=openanpr.wire.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("file_name", models.TextField()),
                ("sha256", models.TextField()),
                ("format", models.TextField()),
                ("encoding", models.TextField(blank=True, default="")),
                ("separator", models.TextField(blank=True, default="")),
                ("operation", models.TextField()),
                (
                    "header",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), blank=True, default=list, size=None
                    ),
                ),
                ("width", models.IntegerField(default=0)),
                ("columns", models.JSONField(default=dict)),
                ("defaults", models.JSONField(default=dict)),
                ("reason", models.TextField()),
                ("state", models.TextField()),
                ("counts", models.JSONField(default=dict)),
                ("problems", models.JSONField(default=list)),
                ("problem_total", models.IntegerField(default=0)),
                ("base_revision", models.BigIntegerField(default=0)),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "hotlist",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="imports",
                        to="hotlists.hotlist",
                    ),
                ),
            ],
            options={
                "db_table": "hotlist_import",
            },
        ),
        migrations.CreateModel(
            name="HotlistImportRow",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("line", models.IntegerField()),
                ("operation", models.TextField()),
                ("vrm", models.TextField(db_collation="C")),
                ("canonical", models.TextField(db_collation="C")),
                ("make", models.TextField()),
                ("model", models.TextField()),
                ("colour", models.TextField()),
                ("action", models.TextField()),
                (
                    "warning_markers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), size=None
                    ),
                ),
                ("reason", models.TextField()),
                ("information", models.TextField()),
                ("force_area", models.TextField()),
                ("reference", models.TextField()),
                ("grading", models.TextField()),
                ("marking", models.TextField()),
                ("owner", models.TextField()),
                ("weed_at", models.DateTimeField()),
                (
                    "hotlist_import",
                    models.ForeignKey(
                        db_column="import_id",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="hotlists.hotlistimport",
                    ),
                ),
            ],
            options={
                "db_table": "hotlist_import_row",
            },
        ),
        migrations.AddIndex(
            model_name="hotlistimport",
            index=models.Index(fields=["hotlist", "at"], name="hotlist_import_by_list"),
        ),
        migrations.AddConstraint(
            model_name="hotlistimport",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["uploaded", "parsed", "applied", "refused"])),
                name="hotlist_import_state",
            ),
        ),
    ]
