def changes(a, b):
    return ("abstract",)


def withdrawn(p):
    return False
