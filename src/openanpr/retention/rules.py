"""The rule of every store of a mark, a picture or a place, as data.

What is past its limit, and how old a row counts, stands beside each store in the database function
``retention_store`` (migration 0001), so that the process which removes cannot widen it.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Ends(StrEnum):
    """How a store comes to hold nothing old."""

    RUN = "removed by the run"
    WITH_READS = "recomputed with the reads"
    ELSEWHERE = "ends by a rule of its own"
    KEPT = "kept, and why is said"


@dataclass(frozen=True, slots=True)
class Rule:
    """One store, how it ends, and the rule in a sentence.

    ``columns`` are those that hold or name a mark, a picture or a place. A store that is no table
    has none.
    """

    store: str
    ends: Ends
    sentence: str
    columns: frozenset[str] = frozenset()


def _rule(store: str, ends: Ends, sentence: str, *columns: str) -> Rule:
    return Rule(store, ends, sentence, frozenset(columns))


_REGISTER: Final = "The register of cameras: it says where a camera stands, not who passed it."
_CASE: Final = "Part of a case's record; ends with the case under the force's case review."

RULES: Final = (
    _rule(
        "read_image",
        Ends.RUN,
        "A picture goes with the last read that names it, held ones too; its file first.",
        "received_sha256",
        "stored_sha256",
    ),
    _rule(
        "reads",
        Ends.RUN,
        "Until the profile's retention after capture.",
        *("vrm", "raw_vrm", "alternatives", "patch_hash", "overview_hash"),
        *("latitude", "longitude"),
    ),
    _rule(
        "reads_held",
        Ends.RUN,
        "As long as the investigation that they are held for needs them; with the hold's release.",
        *("vrm", "raw_vrm", "alternatives", "patch_hash", "overview_hash"),
        *("latitude", "longitude"),
    ),
    _rule("hold", Ends.KEPT, _CASE),
    _rule(
        "read_correction",
        Ends.RUN,
        "A second reading goes with its read; of a held read, with the hold's release.",
        *("vrm", "first_reading", "says"),
    ),
    _rule(
        "accuracy_check",
        Ends.RUN,
        "Until retention after the capture of the read that was checked.",
        *("vrm", "patch_hash"),
    ),
    _rule("vrm_seen", Ends.WITH_READS, "Says what the remaining reads say.", "vrm"),
    _rule("alert_outcome", Ends.RUN, "With its alert.", "note"),
    _rule("alert_check", Ends.RUN, "With its alert."),
    _rule("alert_delivery", Ends.RUN, "With its alert."),
    _rule("alert_event", Ends.RUN, "With its alert."),
    _rule("alert_hit", Ends.RUN, "With its hit or its alert."),
    _rule(
        "alert",
        Ends.RUN,
        "Until retention after the last capture that joined it.",
        *("vrm", "canonical", "routed_areas"),
    ),
    _rule("outbox", Ends.RUN, "With its hit."),
    _rule(
        "hit",
        Ends.RUN,
        "Until retention after the capture, list entry and all.",
        *("read_vrm", "alternatives", "entry_copy", "patch_hash", "overview_hash"),
        *("latitude", "longitude", "camera_name", "camera_area"),
    ),
    _rule("ingest_quarantine", Ends.RUN, "Until retention after it came.", "content"),
    _rule(
        "ingest_problem", Ends.RUN, "Until retention after it happened; holds no mark.", "detail"
    ),
    _rule("live_search", Ends.RUN, "One day after it ended.", "vrms", "pattern", "near"),
    _rule(
        "search_run",
        Ends.RUN,
        "The question, until retention after it was asked.",
        *("vrm", "asked", "question"),
    ),
    _rule(
        "hotlist_entry",
        Ends.RUN,
        "Until retention after it was weeded or withdrawn.",
        *("vrm", "canonical", "information", "force_area"),
    ),
    _rule(
        "hotlist_import_row",
        Ends.RUN,
        "Until its import is answered; unanswered, until retention after it was brought.",
        *("vrm", "canonical", "information", "force_area"),
    ),
    _rule(
        "protected_mark",
        Ends.ELSEWHERE,
        "Until its protection ends, by hand or by its date (a year at most); then the mark goes.",
        "vrm",
        "canonical",
    ),
    _rule("tripwire_trip", Ends.KEPT, "Who asked for a protected mark, and when; no mark."),
    _rule(
        "person_vehicle",
        Ends.ELSEWHERE,
        "A person's own vehicle, as declared: until an auditor takes it off; nothing of it stays.",
        "vrm",
        "canonical",
    ),
    _rule("oversight_pick", Ends.KEPT, "Which searches were drawn for review; no mark."),
    _rule(
        "hotlist_import",
        Ends.KEPT,
        "How a list came to be what it is: a file's name, hash and counts, no mark.",
        "sha256",
    ),
    _rule(
        "information_request_read",
        Ends.RUN,
        "Until the profile's retention after capture, or with its request.",
        *("vrm", "patch_hash", "overview_hash"),
    ),
    _rule(
        "information_request_reply",
        Ends.RUN,
        "Emptied when it is fetched; unfetched, one day after its link ended.",
        *("content", "sha256"),
    ),
    _rule("information_request_search", Ends.RUN, "With its request."),
    _rule("information_request_vehicle", Ends.RUN, "With its request.", "vrm"),
    _rule("information_request_step", Ends.RUN, "With its request."),
    _rule("information_request", Ends.RUN, "Until retention after it was closed.", "vrm"),
    _rule("investigation", Ends.KEPT, _CASE, "vrms", "camera_areas"),
    _rule("subject", Ends.KEPT, _CASE),
    _rule("subject_vehicle", Ends.KEPT, _CASE, "vrm", "link", "source"),
    _rule(
        "exhibit",
        Ends.ELSEWHERE,
        "Marks and file until the day that its maker said; what was made for whom stays.",
        *("vrms", "picks", "content_sha256", "pack_sha256"),
    ),
    _rule("exhibit_event", Ends.KEPT, "Who had an exhibit; no mark.", "sha256"),
    _rule(
        "files: exhibits",
        Ends.ELSEWHERE,
        "Until the day that its maker said: removed by the job exhibit.sweep.",
    ),
    _rule("search_saved", Ends.KEPT, _CASE, "asked", "question", "name"),
    _rule("authorisation_request", Ends.KEPT, _CASE, "vrms"),
    _rule("authorisation_grant", Ends.KEPT, _CASE, "vrms"),
    _rule(
        "sensitive_place",
        Ends.KEPT,
        "Public places near which reads are limited; no camera is named.",
        *("name", "latitude", "longitude"),
    ),
    _rule("site", Ends.KEPT, _REGISTER, "name", "latitude", "longitude", "area_name"),
    _rule("camera", Ends.KEPT, _REGISTER, "name", "area_name", "view"),
    _rule(
        "case_evidence",
        Ends.KEPT,
        "Part of the case for a camera: figures and documents, named as such; no mark.",
        *("sha256", "content"),
    ),
    _rule("consultation_reply", Ends.KEPT, "Why a camera was decided so: what people said."),
    _rule("unit", Ends.KEPT, "Where a unit of the force works.", "area"),
    _rule(
        "audit_event",
        Ends.KEPT,
        "What was asked and done; the chain is never cut. A search's row names the mark asked for.",
        "payload",
    ),
    _rule("files: images", Ends.RUN, "With their last read; files that no row names, after a day."),
    _rule(
        "files: list snapshots",
        Ends.RUN,
        "The two newest; older ones go as soon as another is published.",
    ),
    _rule(
        "files: list imports",
        Ends.RUN,
        "Until their import is answered; unanswered, until retention after they came.",
    ),
    _rule(
        "files: roadside spools",
        Ends.ELSEWHERE,
        "On the roadside device, until the back office has acknowledged; never reached from here.",
    ),
    _rule(
        "complaint",
        Ends.ELSEWHERE,
        "With its steps, links and notes, OPENANPR_COMPLAINT_KEEP_DAYS after it was closed: by the "
        "job `complaint.clear`. The mark is as the complainant wrote it; nothing searches for it.",
        "said_vrm",
    ),
    _rule(
        "postbox_file",
        Ends.ELSEWHERE,
        "What people sent with a form, encrypted: by the job `postbox.clear`, as long after their "
        "case is closed as the app of that case says.",
        "sha256",
    ),
    _rule(
        "federation_picture",
        Ends.ELSEWHERE,
        "Until the picture has gone to the centre, or is here no more.",
        "received_sha256",
    ),
    _rule("federation_link", Ends.KEPT, "Which force may send on which line; no mark."),
    _rule("federation_register", Ends.KEPT, _REGISTER),
    _rule(
        "backups",
        Ends.ELSEWHERE,
        "Expire OPENANPR_BACKUP_DAYS after they were made: `openanpr backup expire`.",
    ),
)

COUNTED: Final = tuple(
    rule.store
    for rule in RULES
    if rule.ends in {Ends.RUN, Ends.WITH_READS} and not rule.store.startswith("files")
)
"""The tables that have a limit, which the proof counts."""

PLAIN: Final = tuple(store for store in COUNTED if store not in {"reads", "read_image", "vrm_seen"})
"""Those of them whose rows go by themselves, in an order that breaks no reference."""
