"""What every request to the pages passes through, outermost first."""
