"""Protected marks: a victim's, a witness's, a covert officer's. Who asks for one is not told.

Known to professional standards alone (docs/adr/0037-tripwires.md).
"""
