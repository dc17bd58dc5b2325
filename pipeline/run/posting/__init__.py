"""Posts assembled from the store and written to files."""
