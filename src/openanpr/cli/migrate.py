"""``openanpr migrate``: schema and grants, as the owner of the tables."""

import typer
from rich.console import Console

app = typer.Typer(add_completion=False)


@app.command()
def migrate() -> None:
    """Bring the database to this version and give each role exactly its rights."""
    from openanpr.config.installation import prepared_database

    console = Console(stderr=True)
    with prepared_database(say=console.print):
        console.print("The database is ready.")
