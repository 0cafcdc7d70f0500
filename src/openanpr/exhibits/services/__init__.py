"""Making exhibits, giving them out, and letting their files go."""
