"""Is this paper about this topic?"""
