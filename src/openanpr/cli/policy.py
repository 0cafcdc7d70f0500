"""``openanpr policy``: ask the access policy, or print it as a document. No database."""

import json
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn, TypeVar

import typer

from openanpr.access.decide import decide_read
from openanpr.access.document import policy_document
from openanpr.access.profiles import ProfileError, load_profile, shipped_names, shipped_profile
from openanpr.access.vocabulary import Category, Rank, RoleFit, Training

app = typer.Typer(
    name="policy",
    help="Ask the access policy, or print it.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

_Word = TypeVar("_Word", bound=StrEnum)
_NOT_STATED = {None, "none", "-"}
_YEARS = range(1900, 9000)


class _Authoriser(StrEnum):
    OTHER = "other"
    SELF = "self"


@app.command()
def decide(
    profile: Annotated[
        str, typer.Option(help="A profile that comes with the program, or the path of a TOML file.")
    ],
    captured_at: Annotated[
        str, typer.Option(help="When the read was captured: ISO 8601 with zone.")
    ],
    at: Annotated[str, typer.Option(help="The moment of the question: ISO 8601 with zone.")],
    category: Annotated[str, typer.Option(help=f"One of {', '.join(Category)}.")],
    training: Annotated[str, typer.Option(help=f"One of {', '.join(Training)}.")],
    role: Annotated[str, typer.Option(help=f"One of {', '.join(RoleFit)}.")],
    authorised_by: Annotated[
        str | None, typer.Option(help=f"The authorising officer's rank: one of {', '.join(Rank)}.")
    ] = None,
    authoriser: Annotated[
        str | None, typer.Option(help="Who authorised: other (another person) or self.")
    ] = None,
) -> None:
    """May this person look at a read of this age? Prints JSON; exit code 0 for yes and no."""
    try:
        rules = load_profile(profile)
    except ProfileError as error:
        _refuse(str(error))
    by = None if authoriser in _NOT_STATED else _word("--authoriser", authoriser, _Authoriser)
    rank = None if authorised_by in _NOT_STATED else _word("--authorised-by", authorised_by, Rank)
    decision = decide_read(
        captured_at=_moment("--captured-at", captured_at),
        category=_word("--category", category, Category),
        authorised_by=rank,
        authoriser_is_self=None if by is None else by is _Authoriser.SELF,
        training=_word("--training", training, Training),
        role_fit=_word("--role", role, RoleFit),
        profile=rules,
        at=_moment("--at", at),
    )
    answer = {
        "decision": "allow" if decision.allowed else "deny",
        "reasons": [str(reason) for reason in decision.reasons],
        "band": decision.band,
    }
    typer.echo(json.dumps(answer))


@app.command()
def document(
    output: Annotated[
        Path | None, typer.Option(help="Write to this file instead of the terminal.")
    ] = None,
    profile: Annotated[
        list[str] | None,
        typer.Option(help="A profile to describe (may be given again); all shipped ones if none."),
    ] = None,
) -> None:
    """Print the whole policy as a document in Markdown, made from the profiles' tables."""
    try:
        profiles = [load_profile(name) for name in profile or ()]
    except ProfileError as error:
        _refuse(str(error))
    text = policy_document(profiles or [shipped_profile(name) for name in shipped_names()])
    if output is None:
        typer.echo(text, nl=False)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError:
        _refuse(f"{output} can't be written. Give --output a file in a folder that exists.")


def _word(option: str, value: str | None, words: type[_Word]) -> _Word:
    try:
        return words(value or "")
    except ValueError:
        _refuse(f"{option} can't be {value!r}. Use one of {', '.join(words)}.")


def _moment(option: str, value: str) -> datetime:
    example = "for example 2026-11-22T14:30:00Z"
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        _refuse(f"{option} can't be read as a time: {value!r}. Give ISO 8601, {example}.")
    if moment.utcoffset() is None:
        _refuse(f"{option} has no time zone: {value!r}. Add Z or an offset, {example}.")
    if moment.year not in _YEARS:
        _refuse(f"{option} must lie between the years 1900 and 8999, {example}.")
    return moment.astimezone(UTC)


def _refuse(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(2)
