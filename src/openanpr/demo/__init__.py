"""The demonstration: a fictional police force, its people, lists, cameras and traffic."""
