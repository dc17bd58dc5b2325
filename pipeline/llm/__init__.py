"""The language model as a service: providers, requests, replies, errors, budget. No stage."""
