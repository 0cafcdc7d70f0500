"""The access policy: who may see which read, when, for what and under whose authority.

Pure functions over frozen facts and a profile table. Nothing here knows a clock, a database, a web
request or Django; a lawyer and an auditor should be able to read every module of it.
"""
