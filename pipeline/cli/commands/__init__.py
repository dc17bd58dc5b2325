"""The commands, a function each: options in, one call, output. No logic."""
