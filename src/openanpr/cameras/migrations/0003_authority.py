"""Each change of a camera is kept, and what gives it authority; those in service inherit theirs."""

import django.db.models.deletion
from django.db import migrations, models

# Rows of these tables are added and never changed.
_KEPT = """
create function keep_unchanged() returns trigger language plpgsql as $$
begin
    raise exception 'rows of % are added and never changed', tg_table_name;
end $$;
create trigger camera_step_no_change before update or delete on camera_step
    for each row execute function keep_unchanged();
create trigger camera_authority_no_change before update or delete on camera_authority
    for each row execute function keep_unchanged();
"""
_LOOSE = """
drop trigger camera_step_no_change on camera_step;
drop trigger camera_authority_no_change on camera_authority;
drop function keep_unchanged();
"""

# A camera that is in service goes on, as inherited, for half a year: time to write its case. At a
# centre, a camera of another force rests on that force's decision.
STEPS = """
insert into camera_step (camera_id, sequence, move, source, target, person_id, account, name, at,
                         reason)
select id, 1, 'enter', '', 'proposed', 'cameras', 'cameras', 'cameras', state_changed_at,
       'In the register before changes were kept' from camera
union all
select id, 2,
       case state when 'approved' then 'approve' when 'retired' then 'retire' else 'inherit' end,
       'proposed', case state when 'suspended' then 'live' else state end,
       'cameras', 'cameras', 'cameras', state_changed_at,
       coalesce(nullif(state_reason, ''), 'In the register before changes were kept') from camera
where state <> 'proposed'
union all
select id, 3, 'suspend', 'live', 'suspended', 'cameras', 'cameras', 'cameras', state_changed_at,
       coalesce(nullif(state_reason, ''), 'In the register before changes were kept') from camera
where state = 'suspended';
"""
AUTHORITY = """
do $$
declare others uuid[] := '{}';
begin
    if to_regclass('federation_link') is not null then
        execute 'select coalesce(array_agg(credential), ''{}'') from federation_link' into others;
    end if;
    insert into camera_authority (camera_id, sequence, kind, valid_from, review_due_at,
                                  case_reference, conditions, person_id, account, name, at, reason)
    select id, 1,
           case when device_credential_id = any(others) then 'other-force' else 'inherited' end,
           '2000-01-01 00:00:00+00',
           case when device_credential_id = any(others) then null
                else now() + interval '183 days' end,
           '', '', 'cameras', 'cameras', 'cameras', now(),
           'In service before cases were kept here'
    from camera where state in ('approved', 'live', 'suspended');
end $$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cameras", "0002_gaps"),
    ]

    operations = [
        migrations.CreateModel(
            name="CameraAuthority",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("sequence", models.IntegerField()),
                ("kind", models.TextField()),
                ("valid_from", models.DateTimeField()),
                ("review_due_at", models.DateTimeField(null=True)),
                ("ends_at", models.DateTimeField(null=True)),
                ("case_reference", models.TextField(blank=True, default="")),
                ("conditions", models.TextField(blank=True, default="")),
                ("person_id", models.TextField()),
                ("account", models.TextField()),
                ("name", models.TextField()),
                ("at", models.DateTimeField()),
                ("reason", models.TextField()),
                (
                    "camera",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="authorities",
                        to="cameras.camera",
                    ),
                ),
            ],
            options={
                "db_table": "camera_authority",
                "ordering": ["sequence"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("camera", "sequence"), name="camera_authority_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "inherited",
                                    "decided",
                                    "renewed",
                                    "other-force",
                                    "withdrawn",
                                    "lapsed",
                                ],
                            )
                        ),
                        name="camera_authority_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="camera_authority_said_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["other-force", "withdrawn", "lapsed"]),
                            ("review_due_at__isnull", False),
                            _connector="OR",
                        ),
                        name="camera_authority_is_reviewed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CameraStep",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("sequence", models.IntegerField()),
                ("move", models.TextField()),
                ("source", models.TextField(blank=True, default="")),
                ("target", models.TextField()),
                ("person_id", models.TextField()),
                ("account", models.TextField()),
                ("name", models.TextField()),
                ("at", models.DateTimeField()),
                ("reason", models.TextField()),
                (
                    "camera",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="cameras.camera",
                    ),
                ),
            ],
            options={
                "db_table": "camera_step",
                "ordering": ["sequence"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("camera", "sequence"), name="camera_step_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="camera_step_said_why",
                    ),
                ],
            },
        ),
        migrations.RunSQL(_KEPT, _LOOSE),
        migrations.RunSQL(STEPS, migrations.RunSQL.noop),
        migrations.RunSQL(AUTHORITY, migrations.RunSQL.noop),
    ]
