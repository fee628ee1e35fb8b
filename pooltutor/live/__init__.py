"""Live views: pictures drawn in the browser from bins that Python looked up."""

from pooltutor.live.atlas import Atlas, atlas
from pooltutor.live.classroom import classroom
from pooltutor.live.explorer import Explorer, explore
from pooltutor.live.grid import Explorer2d, explore2d
from pooltutor.live.story import StoryView, story

__all__ = ["Atlas", "Explorer", "Explorer2d", "StoryView", "atlas", "classroom", "explore", "explore2d", "story"]
