"""The one place where onnxruntime is called: a checked model, run on the CPU."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt
import onnxruntime

from openanpr.reading.manifest import DetectorSpec, RecogniserSpec, checked_bytes
from openanpr.reading.problem import ModelProblem

Bytes = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]


class Network(Protocol):
    """A network with one input of pictures [n, 1, height, width] and named float outputs."""

    def run(self, pictures: Bytes, outputs: Sequence[str]) -> list[Floats]:
        """The named outputs for a batch of grey pictures."""
        ...


class OnnxNetwork:
    """A model file run by onnxruntime on `threads` threads that sleep between pictures."""

    def __init__(
        self, spec: DetectorSpec | RecogniserSpec, *, input_name: str, threads: int
    ) -> None:
        """Check the file against its manifest and load it; raises ModelProblem."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
        options.log_severity_level = 3
        # Waiting threads would otherwise spin and take the core from the camera's decoder.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        data = checked_bytes(spec)
        try:
            self._session = onnxruntime.InferenceSession(
                data, options, providers=["CPUExecutionProvider"]
            )
        except Exception as problem:  # noqa: BLE001 - onnxruntime's errors share no narrower base
            raise ModelProblem(f"onnxruntime can't load {spec.path}: {problem}") from None
        self._input = input_name
        names = [entry.name for entry in self._session.get_inputs()]
        if names != [input_name]:
            raise ModelProblem(f"the model {spec.path} has the inputs {names}, not {input_name}")
        self._outputs = {entry.name for entry in self._session.get_outputs()}
        self._path = spec.path

    def run(self, pictures: Bytes, outputs: Sequence[str]) -> list[Floats]:
        """The named outputs; raises ModelProblem where the model lacks one."""
        missing = set(outputs) - self._outputs
        if missing:
            raise ModelProblem(f"the model {self._path} lacks the outputs {sorted(missing)}")
        return [
            np.asarray(found, dtype=np.float32)
            for found in self._session.run(list(outputs), {self._input: pictures})
        ]
