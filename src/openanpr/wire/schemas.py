"""The JSON Schemas of what travels, for those who write readers in other languages."""

from typing import Any, Final

import msgspec

from openanpr.wire.acks import BatchAck, HeartbeatAck, Problem, ServerTime
from openanpr.wire.car_lists import CarAlerts, CarAlertsAck, CarLists, CarListsHeld
from openanpr.wire.federation import Consignment, Holding, Register, RegisterAck
from openanpr.wire.heartbeats import Heartbeat
from openanpr.wire.reads import ReadBatch

MESSAGES: Final[dict[str, type[msgspec.Struct]]] = {
    "batch.v1": ReadBatch,
    "batch-ack.v1": BatchAck,
    "heartbeat.v1": Heartbeat,
    "heartbeat-ack.v1": HeartbeatAck,
    "problem.v1": Problem,
    "server-time.v1": ServerTime,
    "consignment.v1": Consignment,
    "register.v1": Register,
    "register-ack.v1": RegisterAck,
    "holding.v1": Holding,
    "car-lists-held.v1": CarListsHeld,
    "car-lists.v1": CarLists,
    "car-alerts.v1": CarAlerts,
    "car-alerts-ack.v1": CarAlertsAck,
}


def json_schema(name: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one message of `MESSAGES`; KeyError for any other name."""
    schema = msgspec.json.schema(MESSAGES[name])
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(schema))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **plain}
