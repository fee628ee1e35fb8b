"""Live views: pictures drawn in the browser from bins that Python looked up."""

from pooltutor.live.explorer import Explorer, explore

__all__ = ["Explorer", "explore"]
