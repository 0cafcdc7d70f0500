"""What changes on the public's side."""
