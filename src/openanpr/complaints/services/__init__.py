"""What changes a complaint."""
