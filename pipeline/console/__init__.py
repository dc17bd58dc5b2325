"""What a person sees of a run: progress, logs, summary, messages."""
