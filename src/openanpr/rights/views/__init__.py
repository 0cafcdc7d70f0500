"""The rights officers' desk."""
