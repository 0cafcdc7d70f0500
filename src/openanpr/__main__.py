"""``python -m openanpr`` is the ``openanpr`` command."""

from openanpr.cli.main import main

main()
