"""Typed settings from the environment (prefix ``OPENANPR_``); secrets live in files."""

import secrets
from datetime import date
from functools import lru_cache
from ipaddress import ip_network
from pathlib import Path
from typing import Literal, Self
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What an operator may set. Every field is documented in ``docs/settings.md``."""

    model_config = SettingsConfigDict(env_prefix="OPENANPR_", extra="ignore", frozen=True)

    data_dir: Path = Field(
        default=Path("data"),
        description="Folder of the database, pictures, secrets and logs of this installation.",
    )
    database_dsn: str | None = Field(
        default=None,
        description="libpq connection string of a PostgreSQL server (host, port, database name). "
        "When it is not set, a private cluster is run in the data folder.",
    )
    secrets_dir_override: Path | None = Field(
        default=None,
        alias="OPENANPR_SECRETS_DIR",
        description="Folder of the secret files; `secrets` in the data folder when not set.",
    )
    demo: bool = Field(
        default=False,
        description="This installation shows invented data (set by `make run` alone).",
    )
    host: str = Field(default="127.0.0.1", description="Address on which the processes listen.")
    web_port: int = Field(default=8420, description="Port of pages and API.")
    ingest_port: int = Field(default=8421, description="Port on which cameras deliver reads.")
    live_port: int = Field(default=8422, description="Port of the live alert stream.")
    public_host: str = Field(
        default="localhost", description="Host name under which browsers reach this installation."
    )
    tls: bool = Field(
        default=False,
        description="Browsers reach the installation over HTTPS (cookies become Secure, HSTS on).",
    )
    trusted_proxies: str = Field(
        default="",
        description="Addresses or networks (CIDR, commas between) of the proxies in front. From "
        "them alone X-Forwarded-Proto and X-Forwarded-For are believed.",
    )
    force_time_zone: str = Field(
        default="Europe/London",
        description="Zone in which times are shown; all times are stored in UTC.",
    )
    marking: str = Field(
        default="OFFICIAL-SENSITIVE", description="Security marking printed on pages and outputs."
    )
    profile: str = Field(
        default="essex-2y",
        description="Access profile that `openanpr found` puts in force; "
        "later changes take two people.",
    )
    session_idle_minutes: int = Field(
        default=30, description="A session ends after so many minutes without a request."
    )
    session_hard_hours: int = Field(
        default=10, description="A session ends after so many hours at most."
    )

    oidc_issuer: str | None = Field(
        default=None,
        description="Address of the force's own sign-in (OpenID Connect). Its client's secret is "
        "the file `oidc-client-secret`; people come back to `/account/force/back/`.",
    )
    oidc_client_id: str = Field(default="openanpr", description="Our name at that sign-in.")
    oidc_name: str = Field(
        default="the force's sign-in", description="What people call that sign-in."
    )
    oidc_claim: str = Field(
        default="sub", description="What of an identity accounts are linked by."
    )
    oidc_second_factor: str = Field(
        default="",
        description="Words of `amr` or `acr`, commas between, by which it proves two factors. "
        "Without them our own second factor is asked for.",
    )
    oidc_ca_file: Path | None = Field(
        default=None,
        description="Certificates to trust at that sign-in; the machine's when not set.",
    )

    images: Literal["folder", "s3"] = Field(
        default="folder",
        description="Where pictures lie, encrypted: `folder` in the data folder, or `s3`.",
    )
    images_bucket: str = Field(default="", description="Bucket of an S3-compatible store.")
    images_endpoint: str | None = Field(
        default=None, description="Address of that store; not set: Amazon's own."
    )
    images_region: str | None = Field(default=None, description="Region of that store.")
    images_prefix: str = Field(
        default="", description="What the names of pictures in that bucket begin with."
    )
    impossible_speed_kmh: int = Field(
        default=200,
        ge=60,
        description="Above this speed between two hits of one vehicle an alert says that it may be "
        "a clone or a misread.",
    )
    webhook_hosts_inside: str = Field(
        default="",
        description="Hosts in our own network to which alerts may be sent as webhooks, separated "
        "by spaces; all others must be public and use https.",
    )
    smtp_host: str = Field(
        default="", description="Mail server for alerts by e-mail; none is sent without it."
    )
    smtp_port: int = Field(default=587, description="Port of the mail server.")
    smtp_tls: bool = Field(default=True, description="Speak TLS with the mail server (STARTTLS).")
    smtp_user: str = Field(
        default="",
        description="Account at the mail server; its password is the secret `smtp-password`.",
    )
    mail_from: str = Field(
        default="anpr-alerts@localhost", description="Sender of alerts by e-mail."
    )

    public_contact: str = Field(
        default="telephone 101, write to us, or come to any police station",
        description="How the public reaches the force without these pages; said where a form can't "
        "be taken.",
    )
    forms_per_network: int = Field(
        default=20,
        ge=1,
        description="Forms of one kind that are taken from one network (IPv4 /24, IPv6 /56) in an "
        "hour.",
    )
    forms_in_all: int = Field(
        default=300, ge=1, description="Forms of one kind that are taken from everybody in an hour."
    )

    jurisdiction: Literal["england-and-wales", "scotland", "northern-ireland"] = Field(
        default="england-and-wales",
        description="Whose courts exhibits are for unless another is chosen: the form of the draft "
        "statement and the bodies it names.",
    )
    disclosure_body: str = Field(
        default="", description="Who discloses, instead of the jurisdiction's usual words for it."
    )
    complaints_body: str = Field(
        default="",
        description="Who hears complaints about the police, instead of the jurisdiction's own.",
    )
    exhibit_days: int = Field(
        default=365,
        ge=1,
        le=3650,
        description="Days for which the file of an exhibit is kept unless its maker says less or "
        "more; its record stays.",
    )
    complaint_acknowledge_days: int = Field(
        default=30,
        ge=1,
        description="A complaint is acknowledged within so many days of the day it came "
        "(Data Protection Act 2018, s.164A; check with your own lawyer).",
    )
    complaint_progress_days: int = Field(
        default=28,
        ge=1,
        description="A complainant hears how far the force is at least every so many days.",
    )
    complaint_answer_days: int = Field(
        default=90, ge=1, description="A complaint is to be answered within so many days."
    )
    complaint_keep_days: int = Field(
        default=2192, ge=1, description="A closed complaint and its files are kept so many days."
    )

    match_again_minutes: int = Field(
        default=10,
        ge=0,
        le=60,
        description="Reads captured so many minutes before a list changed are matched against it "
        "too; 0: none. Looking further back is a search.",
    )
    backup_days: int = Field(
        default=35,
        ge=1,
        description="Days after which every backup of the database and of pictures is destroyed, "
        "by whoever keeps them. `openanpr retention prove` names it.",
    )

    incident_report_hours: int = Field(
        default=72,
        ge=1,
        le=72,
        description="Hours from becoming aware of a breach of personal data within which it is "
        "reported to the Information Commissioner; counted for incidents recorded from then on.",
    )
    rights_months: int = Field(
        default=1, ge=1, le=3, description="Months in which a request about oneself is answered."
    )
    rights_extension_months: int = Field(
        default=2, ge=0, le=6, description="Further months that an extension of it gives."
    )
    foi_working_days: int = Field(
        default=20, ge=1, description="Working days in which a freedom of information request is."
    )
    foi_extension_working_days: int = Field(
        default=20, ge=0, description="Further working days that an extension of it gives."
    )
    bank_holidays_of: str = Field(
        default="england-and-wales",
        description="Nations whose bank holidays move the end of a month's time, with commas: "
        "england-and-wales, scotland, northern-ireland. Working days leave out those of all three.",
    )
    further_holidays: str = Field(
        default="",
        description="Days proclaimed as a bank holiday for once, as 2027-05-10, with commas.",
    )
    reply_link_days: int = Field(
        default=14, ge=1, le=90, description="Days after which the link to a reply opens nothing."
    )

    force_code: str = Field(
        default="", description="Code of the force whose store this is, as the centre knows it."
    )
    controller: str = Field(
        default="",
        description="Who is the controller of these reads, named with all that goes to the centre.",
    )
    centre_url: str | None = Field(
        default=None,
        description="Address of the national centre's ingest. When set, every read stored from "
        "then on goes up to it; `centre-link.pem` among the secrets signs for this force.",
    )
    centre_link: UUID | None = Field(
        default=None,
        description="Number of this force's link, as `openanpr federation admit` printed it at "
        "the centre.",
    )
    centre_ca_file: Path | None = Field(
        default=None, description="Certificates to trust at the centre; the machine's when not set."
    )
    centre: bool = Field(
        default=False,
        description="This installation is the centre: it takes up the registers that forces send.",
    )

    @field_validator("data_dir")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().resolve()

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, value: str) -> str:
        for one in value.split(","):
            if one.strip():
                ip_network(one.strip())
        return value

    @field_validator("bank_holidays_of")
    @classmethod
    def _nations(cls, value: str) -> str:
        known = {"england-and-wales", "scotland", "northern-ireland"}
        if not {one.strip() for one in value.split(",") if one.strip()} <= known:
            raise ValueError(f"name nations among {', '.join(sorted(known))}")
        return value

    @field_validator("further_holidays")
    @classmethod
    def _days(cls, value: str) -> str:
        for one in value.split(","):
            if one.strip():
                date.fromisoformat(one.strip())
        return value

    @field_validator("force_time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        ZoneInfo(value)
        return value

    @model_validator(mode="after")
    def _bucket_is_named(self) -> Self:
        if self.images == "s3" and not self.images_bucket:
            raise ValueError("OPENANPR_IMAGES=s3 needs OPENANPR_IMAGES_BUCKET")
        return self

    @property
    def secrets_dir(self) -> Path:
        return self.secrets_dir_override or self.data_dir / "secrets"

    @property
    def proxy_networks(self) -> list[str]:
        """The proxies that are believed, as networks."""
        return [one.strip() for one in self.trusted_proxies.split(",") if one.strip()]

    @property
    def web_origin(self) -> str:
        """Scheme, host and port of the pages, as a browser writes an origin."""
        return f"{self._scheme}://{self.public_host}:{self.web_port}"

    @property
    def live_origin(self) -> str:
        """Scheme, host and port of the live alert stream."""
        return f"{self._scheme}://{self.public_host}:{self.live_port}"

    @property
    def _scheme(self) -> str:
        return "https" if self.tls else "http"


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()


def secret(name: str, settings: Settings | None = None) -> str:
    """The secret called ``name``, from its file; made (256 random bits) where there is none yet."""
    path = (settings or get_settings()).secrets_dir / name
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        pass
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with path.open("x", encoding="ascii") as file:
            path.chmod(0o600)
            value = secrets.token_urlsafe(32)
            file.write(value)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    return value


def given_secret(name: str, settings: Settings) -> str | None:
    """The secret called ``name`` where the operator has put one; it is never made here."""
    try:
        return (settings.secrets_dir / name).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None
