"""Whether an article enters a feed, who leads, what is shown: pure decisions."""
