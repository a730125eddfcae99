"""Feeds and pages as bytes: pure."""
