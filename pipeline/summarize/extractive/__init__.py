"""The review without a model: sentences of the paper itself."""
