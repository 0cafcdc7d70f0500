"""The letters as they come with the product."""
