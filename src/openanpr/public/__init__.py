"""What anybody may read without signing in: why, how, the rules, and what was done."""
