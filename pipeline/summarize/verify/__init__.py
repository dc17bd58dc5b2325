"""What a statement says, held against the paper."""
