"""feeds.yaml with marks in, a `Config` or every error at once out."""
