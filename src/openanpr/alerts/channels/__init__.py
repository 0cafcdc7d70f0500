"""Ways out for alerts beside the live page: each is told that there is one, never of whom."""
