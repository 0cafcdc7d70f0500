"""Cases for cameras. What a case consists of is added and never changed."""

import django.db.models.deletion
from django.db import migrations, models

import openanpr.wire.ids

_KEPT = ("case_step", "case_part", "case_sign_off", "case_release", "case_decision")
_KEEP = "".join(
    f"create trigger {table}_no_change before update or delete on {table} "
    "for each row execute function keep_unchanged();\n"
    for table in _KEPT
)
_LOOSE = "".join(f"drop trigger {table}_no_change on {table};\n" for table in _KEPT)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cameras", "0003_authority"),
        ("forces", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="CameraCase",
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
                ("reference", models.TextField(unique=True)),
                ("title", models.TextField()),
                ("state", models.TextField(default="draft")),
                ("state_changed_at", models.DateTimeField()),
                ("opened_at", models.DateTimeField()),
                ("consults_from", models.DateTimeField(null=True)),
                ("consults_until", models.DateTimeField(null=True)),
                (
                    "force",
                    models.ForeignKey(
                        db_column="force",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forces.force",
                        to_field="code",
                    ),
                ),
            ],
            options={
                "db_table": "camera_case",
                "ordering": ["-opened_at"],
            },
        ),
        migrations.CreateModel(
            name="CaseCamera",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "camera",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cameras.camera",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.cameracase",
                    ),
                ),
            ],
            options={
                "db_table": "case_camera",
            },
        ),
        migrations.AddField(
            model_name="cameracase",
            name="cameras",
            field=models.ManyToManyField(
                related_name="cases", through="governance.CaseCamera", to="cameras.camera"
            ),
        ),
        migrations.CreateModel(
            name="CaseDecision",
            fields=[
                ("person_id", models.TextField()),
                ("account", models.TextField()),
                ("name", models.TextField()),
                ("at", models.DateTimeField()),
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("approved", models.BooleanField()),
                ("rank", models.TextField()),
                ("reason", models.TextField()),
                ("conditions", models.TextField(blank=True, default="")),
                ("review_due_at", models.DateTimeField(null=True)),
                ("ends_at", models.DateTimeField(null=True)),
                ("profile", models.TextField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="governance.cameracase",
                    ),
                ),
            ],
            options={
                "db_table": "case_decision",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="CaseEvidence",
            fields=[
                ("person_id", models.TextField()),
                ("account", models.TextField()),
                ("name", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "id",
                    models.UUIDField(
                        default=openanpr.wire.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("title", models.TextField()),
                ("link", models.TextField(blank=True, default="")),
                ("file_name", models.TextField(blank=True, default="")),
                ("file_kind", models.TextField(blank=True, default="")),
                ("sha256", models.TextField(blank=True, default="")),
                ("size", models.IntegerField(default=0)),
                ("content", models.BinaryField(null=True)),
                ("removed_at", models.DateTimeField(null=True)),
                ("removed_by", models.TextField(blank=True, default="")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="governance.cameracase",
                    ),
                ),
            ],
            options={
                "db_table": "case_evidence",
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="CasePart",
            fields=[
                ("person_id", models.TextField()),
                ("account", models.TextField()),
                ("name", models.TextField()),
                ("at", models.DateTimeField()),
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("part", models.TextField()),
                ("sequence", models.IntegerField()),
                ("answers", models.JSONField()),
                ("complete", models.BooleanField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="governance.cameracase",
                    ),
                ),
            ],
            options={
                "db_table": "case_part",
                "ordering": ["part", "sequence"],
            },
        ),
        migrations.CreateModel(
            name="CaseRelease",
            fields=[
                ("person_id", models.TextField()),
                ("account", models.TextField()),
                ("name", models.TextField()),
                ("at", models.DateTimeField()),
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("level", models.TextField()),
                ("words", models.TextField(blank=True, default="")),
                ("reason", models.TextField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="releases",
                        to="governance.cameracase",
                    ),
                ),
            ],
            options={
                "db_table": "case_release",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="CaseSignOff",
            fields=[
                ("person_id", models.TextField()),
                ("account", models.TextField()),
                ("name", models.TextField()),
                ("at", models.DateTimeField()),
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("agrees", models.BooleanField()),
                ("advice", models.TextField()),
                ("assessed", models.JSONField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sign_offs",
                        to="governance.cameracase",
                    ),
                ),
            ],
            options={
                "db_table": "case_sign_off",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="CaseStep",
            fields=[
                ("person_id", models.TextField()),
                ("account", models.TextField()),
                ("name", models.TextField()),
                ("at", models.DateTimeField()),
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("sequence", models.IntegerField()),
                ("move", models.TextField()),
                ("source", models.TextField(blank=True, default="")),
                ("target", models.TextField()),
                ("reason", models.TextField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="governance.cameracase",
                    ),
                ),
            ],
            options={
                "db_table": "case_step",
                "ordering": ["sequence"],
            },
        ),
        migrations.CreateModel(
            name="Consultee",
            fields=[
                ("person_id", models.TextField()),
                ("account", models.TextField()),
                ("name", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "id",
                    models.UUIDField(
                        default=openanpr.wire.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("who", models.TextField()),
                ("organisation", models.TextField(blank=True, default="")),
                ("interest", models.TextField()),
                ("how", models.TextField()),
                ("link_digest", models.TextField(null=True, unique=True)),
                ("link_expires_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consultees",
                        to="governance.cameracase",
                    ),
                ),
            ],
            options={
                "db_table": "case_consultee",
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="ConsultationReply",
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
                ("reference", models.TextField(unique=True)),
                ("channel", models.TextField()),
                ("who", models.TextField(blank=True, default="")),
                ("contact", models.TextField(blank=True, default="")),
                ("words", models.TextField()),
                ("received_at", models.DateTimeField()),
                ("entered_by", models.TextField(blank=True, default="")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="governance.cameracase",
                    ),
                ),
                (
                    "consultee",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="governance.consultee",
                    ),
                ),
            ],
            options={
                "db_table": "consultation_reply",
                "ordering": ["received_at", "id"],
            },
        ),
        migrations.AddConstraint(
            model_name="casecamera",
            constraint=models.UniqueConstraint(fields=("case", "camera"), name="case_camera_once"),
        ),
        migrations.AddConstraint(
            model_name="cameracase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        ["draft", "consulting", "submitted", "approved", "refused", "withdrawn"],
                    )
                ),
                name="camera_case_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="cameracase",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="camera_case_titled"
            ),
        ),
        migrations.AddConstraint(
            model_name="casepart",
            constraint=models.UniqueConstraint(
                fields=("case", "part", "sequence"), name="case_part_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="caserelease",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__in", ["area", "words", "sites"])),
                name="case_release_level",
            ),
        ),
        migrations.AddConstraint(
            model_name="casestep",
            constraint=models.UniqueConstraint(
                fields=("case", "sequence"), name="case_step_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="casestep",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="case_step_said_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="consultationreply",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "channel__in",
                        [
                            "personal-page",
                            "public-page",
                            "letter",
                            "meeting",
                            "telephone",
                            "e-mail",
                        ],
                    )
                ),
                name="consultation_reply_channel",
            ),
        ),
        migrations.RunSQL(_KEEP, _LOOSE),
    ]
