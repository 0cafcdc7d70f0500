"""``docs/metrics.md``, made from the figures themselves. A test fails when the page is stale."""

from pathlib import Path
from typing import Final

from openanpr.ingest.metrics import REGISTRY

PAGE: Final = Path("docs/metrics.md")
_HEAD: Final = """\
# Figures for monitoring

`GET /metrics` of the ingest process, in the text format of Prometheus, to programs on the same
machine alone. No label ever holds a mark, a camera or a reader. This page is generated
(`python -m openanpr.ingest.document`).

| Figure | Kind | Meaning |
|---|---|---|
"""


def metrics_page() -> str:
    """The page as Markdown."""
    rows = sorted(
        f"| `{metric.name}{'_total' if metric.type == 'counter' else ''}` | {metric.type} "
        f"| {metric.documentation} |"
        for metric in REGISTRY.collect()
    )
    return _HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    PAGE.write_text(metrics_page(), encoding="utf-8")
