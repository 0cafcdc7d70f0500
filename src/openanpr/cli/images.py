"""``openanpr images``: new keys for stored pictures, and a check of every one of them."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from openanpr.reads.images import EncryptedImages

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Change the key of stored pictures."
)


@app.command()
def rekey(
    *,
    new_key: Annotated[
        bool, typer.Option("--new-key", help="Make a new key first and encrypt under it.")
    ] = False,
    forget_old: Annotated[
        bool,
        typer.Option("--forget-old", help="Remove the older keys once nothing needs them."),
    ] = False,
) -> None:
    """Encrypt every picture under the newest key. Safe to stop, and to run while all else runs."""
    from openanpr.config.values import get_settings
    from openanpr.reads.image_keys import SECRET, ImageKeys
    from openanpr.reads.images import image_store

    settings = get_settings()
    store = image_store(settings)
    keys = ImageKeys(settings.secrets_dir / SECRET)
    try:
        if new_key:
            keys.add()
        typer.echo(f"Key {keys.newest().hex()} encrypts.", err=True)
        bad = _rekey_all(store)
        if bad:
            typer.echo("Their keys stay. See docs/runbooks/backup.md for what to do.", err=True)
            raise typer.Exit(1)
        if forget_old:
            # Processes that run took up the new key when its file changed; a picture that one of
            # them was just writing under the old one is found by a second look.
            _rekey_all(store)
            typer.echo(f"{keys.forget_old()} older keys removed.")
    except OSError as problem:
        typer.echo(f"Stopped: {problem}. Run the same command again to go on.", err=True)
        raise typer.Exit(1) from None


def _rekey_all(store: "EncryptedImages") -> int:
    """Go through the whole store; how many pictures could not be read."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from openanpr.reads.images import ImageDamagedError, ImageKeyMissingError

    seen = changed = 0
    bad: list[str] = []
    columns = (SpinnerColumn(), TextColumn("{task.completed} pictures"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("rekey", total=None)
        for names in store.batches():
            for name in names:
                try:
                    changed += store.rekey(name)
                except (ImageDamagedError, ImageKeyMissingError) as problem:
                    bad.append(f"{name}: {problem}")
                seen += 1
            progress.update(task, completed=seen)
    typer.echo(f"{seen} pictures, {changed} encrypted anew, {len(bad)} unreadable")
    for line in bad:
        typer.echo(f"  {line}", err=True)
    return len(bad)
