"""How the installation fares, for those who run it: what is wrong, and what to do about it."""
