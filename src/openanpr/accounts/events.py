"""Audit verbs of accounts, roles, training and signing in."""

from openanpr.audit.events import EventKind, register

_STEP = {"step": "what was asked: password, code or passkey, or one of them again"}

register(
    EventKind(
        verb="login.ok",
        sentence="{actor} signed in with {methods}.",
        payload={"methods": "factors that were given"},
    ),
    EventKind(verb="login.fail", sentence="{actor} gave a wrong {step}.", payload=_STEP),
    EventKind(
        verb="login.lock",
        sentence="{subject} was locked after too many wrong passwords or codes.",
    ),
    EventKind(verb="login.out", sentence="{actor} signed out."),
    EventKind(
        verb="session.end",
        sentence="The session of {actor} was ended: {reason}.",
    ),
    EventKind(
        verb="authenticator.change",
        sentence="{actor} changed the second factor of {subject}: {what}.",
        payload={"what": "what was added, used up or taken away"},
    ),
    EventKind(verb="password.change", sentence="{actor} changed the password of {subject}."),
    EventKind(
        verb="account.create",
        sentence="{actor} made {subject} for person {person}.",
        payload={"person": "collar or staff number", "unit": "unit posted to", "rank": "rank"},
    ),
    EventKind(
        verb="account.propose",
        sentence="{actor} proposed for {subject}: {what} ({decision}: {reasons}): {reason}.",
        payload={"what": "the act in words"},
    ),
    EventKind(
        verb="account.confirm",
        sentence="{actor} confirmed for {subject}: {what} ({decision}: {reasons}): {reason}.",
        payload={"what": "the act in words", "proposed_by": "person id"},
    ),
    EventKind(
        verb="account.decline",
        sentence="{actor} ended the proposal for {subject}, {what} ({outcome}): {reason}.",
        payload={"what": "the act in words", "outcome": "refused, or withdrawn by who proposed it"},
    ),
    EventKind(
        verb="identity.link",
        sentence="{actor} linked {subject} to {identity} of {issuer}.",
        payload={"issuer": "the force's own sign-in", "identity": "who somebody is there"},
    ),
    EventKind(
        verb="enrolment.issue",
        sentence="{actor} issued a one-time link for {subject}, good until {expires_at}: {reason}.",
        payload={"expires_at": "when the link ends unused"},
    ),
    EventKind(
        verb="enrolment.use",
        sentence="{actor} set the password of {subject} by a one-time link.",
    ),
    EventKind(
        verb="enrolment.refuse",
        sentence="{actor} gave a one-time code that is not good ({reasons}).",
    ),
    EventKind(
        verb="installation.found",
        sentence=(
            "{actor} founded this installation for {subject} with the profile {profile}; "
            "the first people are {people}."
        ),
        payload={"profile": "name@version of the profile", "people": "their person ids"},
    ),
    EventKind(
        verb="account.move",
        sentence=(
            "{actor} moved {subject} from {unit_before} ({rank_before}) "
            "to {unit} ({rank}): {reason}."
        ),
        payload={
            "unit_before": "unit of the posting that ended",
            "rank_before": "rank until then",
            "unit": "unit of the posting that began",
            "rank": "rank from then on",
            "posting_ends_at": "when the new posting ends, where that is known",
            "roles_ended": "roles that did not go along",
        },
    ),
    EventKind(verb="record.view", sentence="{actor} looked at the record of their own actions."),
    EventKind(verb="account.deactivate", sentence="{actor} closed {subject}: {reason}."),
    EventKind(
        verb="role.give",
        sentence="{actor} gave {subject} the role {role_given}.",
        payload={"role_given": "the role", "valid_to": "end, where one was set"},
    ),
    EventKind(
        verb="role.refuse",
        sentence="{actor} could not give {subject} the role {role_given}: {reasons}.",
        payload={"role_given": "the role"},
    ),
    EventKind(
        verb="role.end",
        sentence="{actor} ended the role {role_ended} of {subject}: {reason}.",
        payload={"role_ended": "the role"},
    ),
    EventKind(
        verb="training.record",
        sentence="{actor} recorded the course {course} of {subject}, valid until {expires_at}.",
        payload={
            "course": "the course",
            "expires_at": "end of validity",
            "certificate": "number of the certificate",
        },
    ),
    EventKind(
        verb="training.lapse",
        sentence="{actor} ended the training {course} of {subject}: {reason}.",
        payload={"course": "the course"},
    ),
    EventKind(
        verb="device.register",
        sentence="{actor} registered {subject}, reader {reader}.",
        payload={"reader": "name of the reader"},
    ),
    EventKind(
        verb="device.revoke",
        sentence="{actor} revoked {subject}, reader {reader}: {reason}.",
        payload={"reader": "name of the reader"},
    ),
)
