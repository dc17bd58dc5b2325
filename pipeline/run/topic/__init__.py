"""One topic of a run: collected, judged, told."""
