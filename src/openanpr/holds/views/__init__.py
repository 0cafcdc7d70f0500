"""Pages of holds."""

from openanpr.holds.views.changing import release, review
from openanpr.holds.views.placing import new
from openanpr.holds.views.showing import detail, index

__all__ = ["detail", "index", "new", "release", "review"]
