"""House rules that no linter knows. Each rule says what to do instead."""
