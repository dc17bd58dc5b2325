"""The sentences of a paper: where each stands, whether it reads well alone, whose work it is of."""
