"""The public pages, and the desk where their text is edited."""
