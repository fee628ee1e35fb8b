"""Stories and questions as data: what a view says, shows and asks."""
