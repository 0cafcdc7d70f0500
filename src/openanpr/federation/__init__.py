"""The line between a force and the national centre: what goes up, and what the centre takes in."""
