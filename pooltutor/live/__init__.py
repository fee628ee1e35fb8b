"""Live views: pictures drawn in the browser from bins that Python looked up."""

from pooltutor.live.atlas import Atlas, atlas
from pooltutor.live.explorer import Explorer, explore

__all__ = ["Atlas", "Explorer", "atlas", "explore"]
