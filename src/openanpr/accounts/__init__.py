"""People: accounts, roles held, training, sign-in with two factors, credentials of readers."""
