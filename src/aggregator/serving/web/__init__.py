"""The addresses, in Flask."""
