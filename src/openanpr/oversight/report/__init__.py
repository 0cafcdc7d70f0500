"""The chief officer's monthly report: figures out of the audit, as a paper and as a table."""
