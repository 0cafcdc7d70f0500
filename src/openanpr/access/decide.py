"""Every question that the program asks the policy. Import decisions from here.

Each function takes facts and the moment ``at`` (aware), and returns a value that is true when the
answer is yes; a "no" carries all its reasons. No function raises for a "no".
"""

from openanpr.access.alerts import decide_alert, decide_alert_location
from openanpr.access.appointments import decide_appointment, takes_two_people
from openanpr.access.authorisations import authority_needed, decide_grant
from openanpr.access.cameras import (
    decide_camera_assessment,
    decide_camera_case,
    decide_camera_change,
    decide_camera_stop,
)
from openanpr.access.changes import decide_list_change, decide_profile_change, role_conflicts
from openanpr.access.decisions import Decision, Finding, PartDecision, SearchDecision
from openanpr.access.disclosures import (
    decide_audit_view,
    decide_check,
    decide_count,
    decide_rights,
)
from openanpr.access.requests import (
    RequestSearch,
    decide_request_search,
    decide_request_step,
    decide_viewers,
)
from openanpr.access.reviews import decide_answer, decide_release, decide_review
from openanpr.access.searches import decide_export, decide_image, decide_search, decide_view
from openanpr.access.single_read import decide_read

__all__ = [
    "Decision",
    "Finding",
    "PartDecision",
    "RequestSearch",
    "SearchDecision",
    "authority_needed",
    "decide_alert",
    "decide_alert_location",
    "decide_answer",
    "decide_appointment",
    "decide_audit_view",
    "decide_camera_assessment",
    "decide_camera_case",
    "decide_camera_change",
    "decide_camera_stop",
    "decide_check",
    "decide_count",
    "decide_export",
    "decide_grant",
    "decide_image",
    "decide_list_change",
    "decide_profile_change",
    "decide_read",
    "decide_release",
    "decide_request_search",
    "decide_request_step",
    "decide_review",
    "decide_rights",
    "decide_search",
    "decide_view",
    "decide_viewers",
    "role_conflicts",
    "takes_two_people",
]
