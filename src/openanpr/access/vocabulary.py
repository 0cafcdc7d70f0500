"""The words of the access policy. Their values are what is stored, shown and sent."""

from enum import StrEnum


class Role(StrEnum):
    """A role that a person holds by their posting."""

    ALERT_USER = "alert-user"
    SEARCHER = "searcher"
    ANALYST = "analyst"
    LIST_MANAGER = "list-manager"
    AUTHORISER = "authoriser"
    SYSTEM_MANAGER = "system-manager"
    AUDITOR = "auditor"
    DATA_PROTECTION_OFFICER = "data-protection-officer"
    CAMERA_MANAGER = "camera-manager"
    RIGHTS_OFFICER = "rights-officer"
    ACCURACY_CHECKER = "accuracy-checker"
    PROFESSIONAL_STANDARDS = "professional-standards"


class Rank(StrEnum):
    """Police ranks, lowest first; staff grades are mapped to them by the force.

    Compared by seniority, never by spelling: ``Rank.SERGEANT < Rank.INSPECTOR``.
    """

    CONSTABLE = "constable"
    SERGEANT = "sergeant"
    INSPECTOR = "inspector"
    CHIEF_INSPECTOR = "chief-inspector"
    SUPERINTENDENT = "superintendent"
    CHIEF_SUPERINTENDENT = "chief-superintendent"
    CHIEF_OFFICER = "chief-officer"

    @property
    def level(self) -> int:
        """Seniority: 0 for a constable."""
        return list(Rank).index(self)

    def __lt__(self, other: str) -> bool:
        return self.level < Rank(other).level

    def __le__(self, other: str) -> bool:
        return self.level <= Rank(other).level

    def __gt__(self, other: str) -> bool:
        return self.level > Rank(other).level

    def __ge__(self, other: str) -> bool:
        return self.level >= Rank(other).level


class Category(StrEnum):
    """What kind of investigation asks; ``NONE`` means that no purpose was given."""

    OTHER_LEGITIMATE = "other-legitimate"
    PRIORITY_AND_VOLUME = "priority-and-volume"
    SERIOUS = "serious"
    MAJOR = "major"
    COUNTER_TERRORISM = "counter-terrorism"
    NONE = "none"


class Training(StrEnum):
    """Where a person's training stands at the moment of the question."""

    VALID = "valid"
    LAPSED = "lapsed"
    NONE = "none"


class RoleFit(StrEnum):
    """Whether a person's role needs stored reads at all."""

    RELEVANT = "relevant"
    NONE = "none"


class Action(StrEnum):
    """What is asked for. Each has its own row in a profile's ``actions`` table."""

    SEARCH = "search"
    VIEW = "view"
    IMAGE = "image"
    EXPORT = "export"
    ALERT = "alert"
    LIST_CHANGE = "list-change"
    LIST_MATCHING = "list-matching"
    GRANT = "grant"
    AUDIT_VIEW = "audit-view"
    COUNT = "count"
    RIGHTS = "rights"
    CHECK = "check"
    PROFILE_CHANGE = "profile-change"
    CAMERA_CHANGE = "camera-change"
    CAMERA_STOP = "camera-stop"
    CAMERA_ASSESSMENT = "camera-assessment"
    CAMERA_DECISION = "camera-decision"
    APPOINT = "appoint"


class SearchKind(StrEnum):
    """What a search starts from. Each has its own row in a profile's ``searches`` table."""

    MARK = "mark"
    NEAR = "near"
    PART = "part"
    MARKS = "marks"
    PLACE = "place"
    COMMON = "common"
    CONVOY = "convoy"
    LINKED = "linked"
    MOVEMENTS = "movements"
    CLONES = "clones"
    ONWARD = "onward"
    ROUTE = "route"


class PlaceKind(StrEnum):
    """A kind of place near which people need not be seen: each may have rules in a profile."""

    CLINIC = "clinic"
    WORSHIP = "worship"
    COURT = "court"
    SCHOOL = "school"
    PROTEST = "protest"


class Misuse(StrEnum):
    """A sign that a search may be misuse. A profile's ``misuse`` table says what it then takes."""

    OWN_VEHICLE = "own-vehicle"
    COLLEAGUE_VEHICLE = "colleague-vehicle"
    SEVERAL_INVESTIGATIONS = "several-investigations"
    AFTER_REFUSAL = "after-refusal"
    MANY_SEARCHES = "many-searches"


class Demand(StrEnum):
    """What a sign of misuse takes before the answer: nothing, a word more, or a second person."""

    TELL = "tell"
    ASK = "ask"
    HOLD = "hold"


class NotBy(StrEnum):
    """Who may not authorise a request, seen from the person who made it."""

    SELF = "self"
    OWN_UNIT = "own-unit"
    TEAM_MEMBER = "team-member"


class Appointment(StrEnum):
    """What makes somebody able to act: a role, a link to an account, a factor taken away."""

    ROLE = "role"
    LINK = "link"
    SECOND_FACTOR = "second-factor"
    IDENTITY = "identity"


class Counting(StrEnum):
    """Whether ages are counted by the instant or by whole days in UTC."""

    INSTANTS = "instants"
    DAYS = "days"


class Reason(StrEnum):
    """Why an answer is what it is."""

    # The answer is yes.
    WITHIN_90_DAYS = "within-90-days"
    NO_AUTHORISATION_NEEDED = "no-authorisation-needed"
    AUTHORISED = "authorised"
    ROUTED_TO_YOU = "routed-to-you"
    PERMITTED_BY_ROLE = "permitted-by-role"
    OWN_RECORD = "own-record"

    # The answer is no: the person.
    NOT_TRAINED = "not-trained"
    TRAINING_LAPSED = "training-lapsed"
    VETTING_LAPSED = "vetting-lapsed"
    ROLE_NOT_RELEVANT = "role-not-relevant"
    ROLES_CONFLICT = "roles-conflict"
    LOCATION_RIGHT_REQUIRED = "location-right-required"
    OTHER_FORCE = "other-force"
    STEP_UP_REQUIRED = "step-up-required"

    # The answer is no: the purpose.
    PURPOSE_REQUIRED = "purpose-required"
    INVESTIGATION_CLOSED = "investigation-closed"
    NOT_A_MEMBER = "not-a-member"
    OUTSIDE_INVESTIGATION = "outside-investigation"
    SEARCH_TOO_OPEN = "search-too-open"
    PERIOD_EMPTY = "period-empty"
    PERIOD_TOO_LONG = "period-too-long"
    TOO_MANY_MARKS = "too-many-marks"
    SURVEILLANCE_STATEMENT_REQUIRED = "surveillance-statement-required"
    EXPLANATION_REQUIRED = "explanation-required"
    RELEASE_REQUIRED = "release-required"

    # The answer is no: the age of the read.
    CATEGORY_NOT_ALLOWED = "category-not-allowed"
    BEYOND_RETENTION = "beyond-retention"
    CAPTURED_IN_THE_FUTURE = "captured-in-the-future"

    # The answer is no: the authority.
    AUTHORISATION_REQUIRED = "authorisation-required"
    RANK_TOO_LOW = "rank-too-low"
    SELF_AUTHORISED = "self-authorised"
    OWN_UNIT_AUTHORISED = "own-unit-authorised"
    TEAM_AUTHORISED = "team-authorised"
    AUTHORISATION_NOT_STARTED = "authorisation-not-started"
    AUTHORISATION_EXPIRED = "authorisation-expired"
    AUTHORISATION_REVOKED = "authorisation-revoked"
    AUTHORISATION_TOO_LONG = "authorisation-too-long"
    OUTSIDE_AUTHORISATION = "outside-authorisation"

    # The answer is no: alerts, lists, changes, figures, requests and checks.
    NOT_ROUTED = "not-routed"
    COVERT_ENTRY = "covert-entry"
    ALERT_TOO_OLD = "alert-too-old"
    SECOND_PERSON_REQUIRED = "second-person-required"
    OWN_ACCOUNT = "own-account"
    WEED_DATE_REQUIRED = "weed-date-required"
    ENTRY_TOO_WIDE = "entry-too-wide"
    TAKES_EFFECT_TOO_EARLY = "takes-effect-too-early"
    READS_NOT_SHOWN_TO_AUDIT = "reads-not-shown-to-audit"
    TOO_MANY_ROWS = "too-many-rows"
    ONLY_AS_PUBLISHED_FIGURE = "only-as-published-figure"
    FIGURE_TOO_RECENT = "figure-too-recent"
    FIGURE_TOO_FINE = "figure-too-fine"
    OWN_TRANSACTION = "own-transaction"
    ASKED_OF_ANOTHER = "asked-of-another"
    REQUEST_NOT_OPEN = "request-not-open"
    OUTSIDE_REQUEST = "outside-request"
    IDENTITY_NOT_CHECKED = "identity-not-checked"
    MORE_THAN_THE_PLATE = "more-than-the-plate"

    # The answer is no: the case for a camera.
    CASE_NOT_COMPLETE = "case-not-complete"
    CASE_RANK_TOO_LOW = "case-rank-too-low"
    REVIEW_TOO_FAR = "review-too-far"


ALLOWING = frozenset(
    {
        Reason.WITHIN_90_DAYS,
        Reason.NO_AUTHORISATION_NEEDED,
        Reason.AUTHORISED,
        Reason.ROUTED_TO_YOU,
        Reason.PERMITTED_BY_ROLE,
        Reason.OWN_RECORD,
    }
)
"""The reasons of a yes; every other reason is one of a no."""
