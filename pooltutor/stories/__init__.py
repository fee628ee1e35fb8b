"""Stories: led tours and questions, as data."""

from pooltutor.stories.story import STORIES, Step, Story, read_story

__all__ = ["STORIES", "Step", "Story", "read_story"]
