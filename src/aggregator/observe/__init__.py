"""One frozen event per fact, turned into a log line or a counter."""
