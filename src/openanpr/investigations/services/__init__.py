"""Every change of an investigation or an authorisation: one function, one transaction, audited."""
