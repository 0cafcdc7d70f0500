"""Sensitive places, and which cameras stand near one."""
