"""Stories and questions as data: what a view says, shows and asks."""

from pooltutor.stories.story import STORIES, Step, Story, read_story

__all__ = ["STORIES", "Step", "Story", "read_story"]
