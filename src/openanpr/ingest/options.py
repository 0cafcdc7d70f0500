"""What an operator may set of the ingest process (environment, prefix ``OPENANPR_INGEST_``)."""

from functools import lru_cache

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class IngestOptions(BaseSettings):
    """Sizes and times of the ingest process."""

    model_config = SettingsConfigDict(env_prefix="OPENANPR_INGEST_", extra="ignore", frozen=True)

    queue_limit: int = Field(
        default=40,
        ge=1,
        description="Batches that may wait or be in a commit before readers are told 503; fewer "
        "than the server's threads.",
    )
    group_rows: int = Field(
        default=2000, ge=1, description="Reads after which a group of batches is committed."
    )
    late_after_seconds: int = Field(
        default=60,
        ge=1,
        description="A read captured longer than this before it came is marked late.",
    )
    poll_seconds: float = Field(
        default=1.0,
        gt=0,
        description="How often lists, cameras, devices and the profile are looked up.",
    )
    car_hold_hours: float = Field(
        default=12.0,
        gt=0,
        le=168,
        description="A patrol car that has heard nothing for so long forgets the lists it holds.",
    )
    car_entries: int = Field(
        default=200_000,
        ge=1,
        description="The most entries that patrol cars may hold; above it they are given none.",
    )
    answer_seconds: float = Field(
        default=30.0, gt=0, description="A reader whose batch is not committed by then is told 503."
    )


@lru_cache(maxsize=1)
def get_options() -> IngestOptions:
    """The options of this process, read once."""
    return IngestOptions()
