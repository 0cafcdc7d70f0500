"""Pages of exhibits."""

from openanpr.exhibits.views.giving import fetch, handed
from openanpr.exhibits.views.making import make, new
from openanpr.exhibits.views.showing import detail, index

__all__ = ["detail", "fetch", "handed", "index", "make", "new"]
