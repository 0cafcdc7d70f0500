"""The crew's screen as HTML: large, few words, legible at arm's length by day and by night."""

from collections.abc import Sequence
from datetime import datetime
from html import escape
from typing import Final

from openanpr.capture.car_alerts import ShownAlert
from openanpr.vrm import display
from openanpr.wire.car_lists import CarEntry

# Word and shape for the driver: they say what colour says, and need no font.
_ACTIONS: Final = {
    "stop": ("Stop", '<polygon points="7,1 17,1 23,7 23,17 17,23 7,23 1,17 1,7"/>'),
    "observe": ("Observe, do not stop", '<circle cx="12" cy="12" r="11"/>'),
    "report": ("Report", '<polygon points="12,1 23,23 1,23"/>'),
}
_SHAPE: Final = '<svg viewBox="0 0 24 24" aria-hidden="true">%s</svg> '
_OTHER: Final = '<rect x="2" y="2" width="20" height="20"/>'
_MARKERS: Final = {
    "VI": "Violent",
    "WE": "Weapons",
    "FI": "Firearms",
    "DR": "Drugs",
    "ES": "May try to escape",
    "SU": "Suicidal or self-harm",
    "IS": "Impersonates another vehicle",
    "AG": "Ailment or vulnerable person",
    "CO": "Contagious",
    "XP": "Explosives",
    "NI": "No insurance",
}
_URGENT: Final = 2


def drawn(
    alerts: Sequence[ShownAlert],
    *,
    count: int,
    heard_at: datetime | None,
    keep_until: datetime | None,
    at: datetime,
) -> str:
    """The state of the lists, then the alerts in the order given."""
    return _state(count, heard_at, keep_until, at) + (
        "<ol>" + "".join(_row(alert) for alert in alerts) + "</ol>"
        if alerts
        else '<p class="none">No alerts.</p>'
    )


def _state(count: int, heard_at: datetime | None, keep_until: datetime | None, at: datetime) -> str:
    if heard_at is None or keep_until is None:
        return (
            '<p class="state warn">This car holds no lists. It reads and sends, and alerts nobody '
            "by itself. Lists come when the network is there.</p>"
        )
    minutes = int((at - heard_at).total_seconds() // 60)
    age = "less than a minute ago" if minutes < 1 else f"{minutes} min ago"
    quiet = ' class="state warn"' if minutes >= 5 else ' class="state"'
    return (
        f"<p{quiet}>{count:,} vehicles of interest, last heard {age}. "
        f"Kept until {keep_until.astimezone():%H:%M}.</p>"
    )


def _row(alert: ShownAlert) -> str:
    entry = alert.entry
    word, shape = _ACTIONS.get(entry.action, (entry.action.capitalize(), _OTHER))
    urgent = " urgent" if entry.priority <= _URGENT or entry.action == "stop" else ""
    times = "" if alert.seen == 1 else f" ({alert.seen} reads)"
    picture = (
        f'<img src="/patch/{alert.id}" alt="Picture of the plate" width="260">'
        if alert.patch
        else ""
    )
    return (
        f'<li class="alert{urgent}"><p class="do">{_SHAPE % shape}'
        f'{escape(word)}</p><p class="mark">{escape(display(alert.vrm))}</p>{picture}'
        f"{_warnings(entry)}"
        f"<p>Check the picture against the mark: {alert.confidence:.0%} sure. "
        f"{alert.captured_at.astimezone():%H:%M:%S}{times}</p>"
        f"<details><summary>For the passenger</summary>{_more(entry)}</details></li>"
    )


def _warnings(entry: CarEntry) -> str:
    words = [_MARKERS.get(one, one) for one in entry.warning_markers]
    return f'<p class="warn">{escape(", ".join(words))}</p>' if words else ""


def _more(entry: CarEntry) -> str:
    vehicle = " ".join(part for part in (entry.colour, entry.make, entry.model) if part)
    lines = [
        ("Wanted", display(entry.vrm)),
        ("Reason", entry.reason),
        ("Vehicle", vehicle),
        ("Information", entry.information),
        ("List", entry.list_name),
    ]
    return (
        "<dl>"
        + "".join(f"<dt>{name}</dt><dd>{escape(text)}</dd>" for name, text in lines if text)
        + "</dl>"
    )


PAGE: Final = """<!DOCTYPE html>
<html lang="en" class="$theme"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Alerts in the car</title>
<noscript><meta http-equiv="refresh" content="3"></noscript>
<style nonce="$nonce">
:root{--back:#fff;--ink:#0b0c0c;--quiet:#505a5f;--urgent:#8f1117;--calm:#12304f;--line:#b1b4b6}
.night{--back:#000;--ink:#e8e8e8;--quiet:#a9b8c4;--urgent:#ff8a80;--calm:#9ecbff;--line:#444}
body{margin:0;padding:1rem;background:var(--back);color:var(--ink);font:1.25rem/1.4 sans-serif}
h1{font-size:1.25rem;margin:0 0 .5rem}a,summary{color:var(--ink);cursor:pointer}
a:focus,summary:focus{outline:3px solid #fd0;outline-offset:2px}
ol{list-style:none;margin:0;padding:0}p{margin:.4rem 0}.state{color:var(--quiet)}
.alert{border:2px solid var(--line);border-left:1rem solid var(--calm);margin:1rem 0;padding:.75rem}
.urgent{border-left-color:var(--urgent)}.do{font-size:2rem;font-weight:700;color:var(--calm)}
.do svg{width:1.5rem;height:1.5rem;fill:currentColor}
.urgent .do,.warn{color:var(--urgent)}.warn{font-weight:700}
.mark{font:700 3.5rem/1.1 monospace;letter-spacing:.05em;overflow-wrap:anywhere}
img{max-width:100%;height:auto;display:block}dt{color:var(--quiet)}dd{margin:0 0 .5rem}
</style></head><body><main><h1>Alerts in the car <a href="?theme=$other">$other_name</a></h1>
<div id="rows" aria-live="assertive">$rows</div></main>
<script nonce="$nonce">
const rows = document.getElementById("rows");
const fresh = () => fetch("/rows").then((a) => a.text()).then((text) => {
  const open = new Set([...rows.querySelectorAll("details[open]")].map((d) => d.textContent));
  rows.innerHTML = text;
  rows.querySelectorAll("details").forEach((d) => { d.open = open.has(d.textContent); });
});
new EventSource("/events").addEventListener("changed", fresh);
setInterval(fresh, 30000);
</script></body></html>
"""
