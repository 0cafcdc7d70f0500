"""Rendered number plates: glyphs, styles and camera conditions drawn by this project."""
