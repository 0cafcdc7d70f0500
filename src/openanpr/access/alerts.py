"""Opening an alert, and seeing where it was."""

from datetime import datetime

from openanpr.access import rules
from openanpr.access.bands import FUTURE, band_of, utc
from openanpr.access.decisions import Decision, Finding
from openanpr.access.facts import Actor, AlertFacts
from openanpr.access.profile import Profile
from openanpr.access.vocabulary import Action, Reason


def decide_alert(*, actor: Actor, alert: AlertFacts, profile: Profile, at: datetime) -> Decision:
    """Decide on opening an alert with its two pictures.

    It opens for trained alert users of the force, to whom it was routed (their unit, or an area
    they work in), inside the profile's alert window. A covert entry's alert opens only for people
    with the covert right in a unit that it names: an area is where patrols work.
    """
    return _decided(_against(actor, alert, profile, at), profile)


def decide_alert_location(
    *, actor: Actor, alert: AlertFacts, profile: Profile, at: datetime
) -> Decision:
    """Decide on showing the alert's exact place; without it only the area's name is shown."""
    found = _against(actor, alert, profile, at)
    if not actor.location_right:
        found += rules.denied(Reason.LOCATION_RIGHT_REQUIRED, "house.location")
    return _decided(found, profile)


def _against(actor: Actor, alert: AlertFacts, profile: Profile, at: datetime) -> rules.Findings:
    found = rules.may_act(actor, Action.ALERT, profile=profile)
    if actor.force != alert.force:
        found += rules.denied(Reason.OTHER_FORCE, "house.force")
    by_unit = actor.unit in alert.units
    if alert.covert:
        if not (actor.covert_right and by_unit):
            found += rules.denied(Reason.COVERT_ENTRY, "house.covert")
    elif not (by_unit or actor.areas & alert.areas):
        found += rules.denied(Reason.NOT_ROUTED, "house.routing")
    if band_of(alert.captured_at, at=at, profile=profile).name == FUTURE:
        found += rules.denied(Reason.CAPTURED_IN_THE_FUTURE, "clock_tolerance_seconds")
    if utc(at) - utc(alert.captured_at) >= profile.limits.alert_window:
        found += rules.denied(Reason.ALERT_TOO_OLD, "limits.alert_window_hours")
    return found


def _decided(found: rules.Findings, profile: Profile) -> Decision:
    routed = (Finding(Reason.ROUTED_TO_YOU, f"actions.{Action.ALERT}.roles"),)
    return Decision(
        action=Action.ALERT, allowed=not found, findings=found or routed, profile=profile.label
    )
