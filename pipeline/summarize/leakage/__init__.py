"""Leftovers of prompts, chat and refusals."""
