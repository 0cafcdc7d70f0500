"""The store of reads, their images, and the only doors through which they are seen."""
