"""What was done with it: a month's counts, protected and published once, never changed."""
