"""``docs/settings.md``, made from the settings themselves. A test fails when the page is stale."""

from pathlib import Path
from typing import Final

from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings

from openanpr.config.values import Settings
from openanpr.ingest.options import IngestOptions

PAGE: Final = Path("docs/settings.md")
_HEAD: Final = """\
# Settings

Read from the environment by every process. Secrets are never settings: they are files in the
secrets folder, made at the first start, readable by their owner alone. This page is generated
(`python -m openanpr.config.document`).

| Variable | Default | Meaning |
|---|---|---|
"""


def settings_page() -> str:
    """The page as Markdown."""
    models: tuple[type[BaseSettings], ...] = (Settings, IngestOptions)
    rows = [
        f"| `{_variable(model, name, field)}` | {_default(field)} | {field.description} |"
        for model in models
        for name, field in model.model_fields.items()
    ]
    return _HEAD + "\n".join(rows) + "\n"


def _variable(model: type[BaseSettings], name: str, field: FieldInfo) -> str:
    return field.alias or f"{model.model_config.get('env_prefix', '')}{name.upper()}"


def _default(field: FieldInfo) -> str:
    if field.default is None:
        return "not set"
    value = str(field.default).lower() if isinstance(field.default, bool) else str(field.default)
    return f"`{value}`"


if __name__ == "__main__":
    PAGE.write_text(settings_page(), encoding="utf-8")
