"""The case for a camera: need, evidence, privacy, consultation, decision, review."""
