"""Words, phrases and what stands for them."""
