"""Searches of every kind: what the record holds of them, and how far their live searches reach."""

from importlib import import_module

from django.db import migrations, models

# The audited question bounds each live search by what its kind may look at: whole marks by those
# marks; part of a mark, or the misreads of one, first by no camera at all, while it is asked which
# marks fit, and then by marks that do; a place by its cameras; scenes and company by cameras and
# windows of time.
REACH = """
create or replace function live_search_reach() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
declare
    asked jsonb;
    kind text;
    cameras integer[];
    within boolean;
begin
    select e.payload into asked
    from audit_event e
    where e.payload ? 'live_search_ids' and e.payload -> 'live_search_ids' ? new.id::text
      and e.verb = 'search.run'
    order by e.sequence desc limit 1;
    kind := coalesce(asked ->> 'kind', 'mark');
    cameras := (select array_agg(c::integer) from jsonb_array_elements_text(
        case jsonb_typeof(asked -> 'camera_ids') when 'array' then asked -> 'camera_ids' end) c);
    within := case kind
        when 'mark' then new.vrms is not null and live_search_named(
            new.vrms, array[asked ->> 'vrm'], (asked ->> 'look_alikes')::boolean)
        when 'marks' then new.vrms is not null and live_search_named(
            new.vrms, array(select jsonb_array_elements_text(asked -> 'vrms')),
            (asked ->> 'look_alikes')::boolean)
        when 'part' then new.pattern = asked ->> 'pattern' and (
            new.camera_ids = '{}' or new.vrms is not null and not exists (
                select from unnest(new.vrms) v
                where v not like translate(asked ->> 'pattern', '?*', '_%')))
        when 'near' then new.near = asked ->> 'near' and (
            new.camera_ids = '{}' or new.vrms is not null and not exists (
                select from unnest(new.vrms) v
                where v not in (select marks_around(asked ->> 'near'))
                  and not live_search_named(
                      array[v], array[asked ->> 'near'], (asked ->> 'look_alikes')::boolean)))
        when 'place' then new.camera_ids is not null
        when 'common' then new.camera_ids is not null and new.window_from is not null
        when 'convoy' then new.vrms = array[asked ->> 'companions_of']
            or (new.camera_ids is not null and new.window_from is not null)
        else false
    end;
    if within is not true or (cameras is not null and (
        new.camera_ids is null or not new.camera_ids <@ cameras
    )) then
        raise exception 'a live search cannot reach further than its audited decision'
            using errcode = 'insufficient_privilege';
    end if;
    if not (select a.covert_right from account a where a.id = new.account) and exists (
        select from camera c join site s on s.id = c.site_id
        where s.sensitive and (new.camera_ids is null or c.id = any (new.camera_ids))
    ) then
        raise exception 'a live search cannot reach covert cameras without the right to them'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$body$;

create function live_search_named(vrms text[], asked text[], look_alikes boolean) returns boolean
language sql immutable set search_path = pg_catalog, pg_temp as $body$
    select vrms <@ asked or (coalesce(look_alikes, false) and (
        select bool_and(translate(v, 'OI', '01') = any (
            select translate(a, 'OI', '01') from unnest(asked) a)) from unnest(vrms) v))
$body$;
"""

# Searches of before this version were all for one mark.
FILL = """
update search_run set asked = vrm, question = jsonb_build_object(
    'vrm', vrm, 'look_alikes', look_alikes, 'near', null)
"""

# As 0002 made it, but that marks need not be named: live_search_reach says by kind.
GROUNDS = """
create or replace function live_search_grounds() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
declare
    asked audit_event;
begin
    select e.* into asked
    from audit_event e
    join account a on a.id = new.account and a.person_id = e.actor_person
    join investigation i on i.id = new.investigation and i.reference = e.investigation
    where e.payload ? 'live_search_ids'
      and e.payload -> 'live_search_ids' ? new.id::text
      and e.verb = 'search.run'
      and e.decision in ('allow', 'partial')
      and e.recorded_at > clock_timestamp() - interval '1 minute'
      and i.state = 'open'
      and exists (
          select from investigation_member m join account b on b.id = m.user_id
          where m.investigation_id = i.id and m.removed_at is null and b.person_id = a.person_id
      );
    if not found then
        raise exception 'a live search needs an audited decision of this minute'
            using errcode = 'insufficient_privilege';
    end if;
    if not exists (
        select from jsonb_array_elements(asked.payload -> 'parts') part
        where (part ->> 'allowed')::boolean
          and (part ->> 'from')::timestamptz <= new.period_from
          and (part ->> 'to')::timestamptz >= new.period_to
    ) or new.expires_at > clock_timestamp() + interval '2 minutes' then
        raise exception 'a live search cannot reach further than its audited decision'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end
$body$;
"""


def _as_before(name: str) -> str:
    """The function of an earlier migration, put back."""
    text = import_module(f"openanpr.search.migrations.{name}").FORWARD
    start = text.index("create function live_search_")
    return "create or replace" + text[start + len("create") : text.index("create trigger")]


UNDO = (
    _as_before("0002_grounds")
    + _as_before("0003_grounds_of_marks")
    + "drop function live_search_named(text[], text[], boolean);"
)


class Migration(migrations.Migration):
    dependencies = [("search", "0003_grounds_of_marks"), ("reads", "0003_kinds_of_search")]
    operations = [
        migrations.RunSQL("set local lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.RunSQL(REACH + GROUNDS, UNDO),
        migrations.AddField("searchrun", "kind", models.TextField(db_default="mark")),
        migrations.AddField("searchrun", "question", models.JSONField(db_default={})),
        migrations.AddField("searchrun", "asked", models.TextField(db_default="")),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddField("searchrun", "surveillance", models.TextField(db_default="")),
        migrations.AddField("searchrun", "continues", models.UUIDField(null=True)),
    ]
