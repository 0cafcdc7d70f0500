"""Pages of complaints."""
