"""Analysis of what searches find: pure functions over rows, and the pages that show their answers.

Every answer comes with how far it can be relied on; what normal traffic explains is no finding.
"""
