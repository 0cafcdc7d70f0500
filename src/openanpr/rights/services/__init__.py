"""Information requests: receiving, steps, searching, deciding, replying."""
