"""Whether every read that a camera made has come: "received N of N", by camera and day."""
