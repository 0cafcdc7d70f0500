"""``openanpr models``: sign the reader's models, and check what is signed."""

import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from openanpr.reading import Manifest, ModelProblem, load_manifest
from openanpr.reading.manifest import checked_bytes, load_unsigned
from openanpr.reading.signing import (
    MODELS,
    key_file,
    make_private_key,
    private_key,
    sign_manifest,
)

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
    help="Sign the reader's models and check their signature.",
)

Folder = Annotated[
    Path | None,
    typer.Option("--models", metavar="DIR", help="Models other than those of the package."),
]


@app.command()
def sign(
    *,
    key: Annotated[
        Path | None,
        typer.Option(
            "--key",
            metavar="FILE",
            help="The private key (PEM, Ed25519). Without it: the file that OPENANPR_MODEL_KEY "
            "names, or ~/.config/openanpr/model-signing.key, made if it is not there.",
        ),
    ] = None,
    models: Folder = None,
    replace_key: Annotated[
        bool,
        typer.Option(
            "--replace-key", help="Sign with another key than before: the public one is replaced."
        ),
    ] = False,
) -> None:
    """Sign a manifest whose files have the hashes it names."""
    folder = models or MODELS
    try:
        manifest = load_unsigned(folder)
        _check_files(manifest)
        place = key or key_file()
        made = key is None and not place.exists()
        signing = make_private_key(place) if made else private_key(place)
        sign_manifest(folder, signing, replace_key=replace_key)
    except ModelProblem as problem:
        _fail(problem)
    if made:
        typer.echo(f"openanpr: made the key {place}; keep it, and keep it to yourself", err=True)
    sys.stdout.write(f"Models {manifest.version} in {folder} are signed.\n")


@app.command()
def verify(
    *,
    models: Folder = None,
    public_key: Annotated[
        Path | None,
        typer.Option(
            "--public-key",
            metavar="FILE",
            help="The public key to trust (PEM); without it, the one that came with the program.",
        ),
    ] = None,
) -> None:
    """Check the signature of the manifest and then the files' hashes. Exit code 1 says why not."""
    try:
        manifest = load_manifest(models, trusted=public_key)
        _check_files(manifest)
    except ModelProblem as problem:
        _fail(problem)
    sys.stdout.write(f"Models {manifest.version}: signature and files are right.\n")


def _check_files(manifest: Manifest) -> None:
    for spec in (manifest.detector, manifest.recogniser):
        checked_bytes(spec)


def _fail(problem: ModelProblem) -> NoReturn:
    typer.echo(f"openanpr: {problem}", err=True)
    raise typer.Exit(1)


if __name__ == "__main__":
    app()
