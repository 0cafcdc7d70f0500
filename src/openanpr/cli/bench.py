"""``openanpr bench``: measurements that anyone can repeat. JSON is one line, last on stdout."""

from openanpr.cli.lazy import lazy_app

app = lazy_app(
    {
        "read": ("openanpr.cli.bench_read", "Accuracy and speed of reading over DIR/truth.csv."),
        "alert": ("openanpr.cli.bench_alert", "From a read's POST to the officer's browser."),
        "ingest": ("openanpr.cli.bench_ingest", "Durable reads a second through HTTP."),
        "crash": ("openanpr.cli.bench_crash", "Kill processes under load; count what is lost."),
        "analysis": ("openanpr.cli.bench_analysis", "What analysis finds of what was planted."),
        "search": ("openanpr.cli.bench_search", "Time of searches of a large store."),
    }
)


@app.callback()  # type: ignore[untyped-decorator]
def bench() -> None:
    """Measure this installation; timings are of this machine, now."""
