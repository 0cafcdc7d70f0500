"""The licences of the dependencies as a table, from a CycloneDX list: ``tools.licences SBOM``."""

import json
import sys
from pathlib import Path
from typing import Any

UNKNOWN = "not stated"


def licence_of(component: dict[str, Any]) -> str:
    """The licence of one component: its expression, id or name as the package states it."""
    stated = []
    for one in component.get("licenses", []):
        licence = one.get("license", {})
        stated.append(one.get("expression") or licence.get("id") or licence.get("name") or "")
    lines = {text.strip().splitlines()[0] for text in stated if text.strip()}
    return " and ".join(sorted(lines)) or UNKNOWN


def table(sbom: dict[str, Any]) -> str:
    """One row a component, by name; those that state no licence are counted at the end."""
    rows = sorted(
        (one["name"], one.get("version", ""), licence_of(one)) for one in sbom.get("components", [])
    )
    lines = ["| Package | Version | Licence |", "|---|---|---|"]
    lines += [f"| {name} | {version} | {licence} |" for name, version, licence in rows]
    silent = sum(licence == UNKNOWN for _, _, licence in rows)
    return "\n".join([*lines, "", f"{len(rows)} packages, {silent} without a stated licence."])


if __name__ == "__main__":
    found = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    sys.stdout.write(table(found) + "\n")
