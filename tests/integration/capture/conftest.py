"""The fixtures of the agent's parts serve here too, where it meets a back office."""

from tests.unit.capture.conftest import back_office, spool

__all__ = ["back_office", "spool"]
