"""Information requests: what somebody asks of us about themselves, or about what we do."""
