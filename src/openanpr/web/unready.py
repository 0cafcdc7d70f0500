"""What makes every page say that it cannot answer now, in plain words."""


class NotReadyError(Exception):
    """Something that decisions rest on is missing; nothing may be shown without it.

    The text is for the person at the page: a full sentence, without marks or places.
    """
