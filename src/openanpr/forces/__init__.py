"""Forces and their units: whose people, cameras and lists these are."""
