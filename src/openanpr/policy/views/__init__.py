"""The force's rules as pages: what is in force, what will be, and changing it by two people."""
