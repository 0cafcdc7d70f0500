"""What travels between a roadside reader and the back office: message types, ids and signatures."""

from openanpr.wire.acks import (
    BatchAck,
    HeartbeatAck,
    Problem,
    Rejection,
    RejectionReason,
    ServerTime,
)
from openanpr.wire.heartbeats import CameraStatus, Heartbeat
from openanpr.wire.ids import uuid7, uuid7_time
from openanpr.wire.reads import (
    MAX_BATCH_BYTES,
    MAX_IMAGE_BYTES,
    MAX_READS,
    Alternative,
    Clock,
    ClockSource,
    RawBatch,
    Read,
    ReadBatch,
    camera_key,
)

__all__ = [
    "MAX_BATCH_BYTES",
    "MAX_IMAGE_BYTES",
    "MAX_READS",
    "Alternative",
    "BatchAck",
    "CameraStatus",
    "Clock",
    "ClockSource",
    "Heartbeat",
    "HeartbeatAck",
    "Problem",
    "RawBatch",
    "Read",
    "ReadBatch",
    "Rejection",
    "RejectionReason",
    "ServerTime",
    "camera_key",
    "uuid7",
    "uuid7_time",
]
