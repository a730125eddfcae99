"""What is the same, what changed, what must go: pure decisions."""
