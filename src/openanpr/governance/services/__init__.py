"""What is done with a case: each in one transaction, audited."""
