"""The group's weekly and daily reading reports: read, changed by pure functions."""
