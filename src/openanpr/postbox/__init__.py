"""What the public sends: forms kept from floods and programs, and files that were looked at."""
