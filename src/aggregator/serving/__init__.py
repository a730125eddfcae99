"""What readers and sites get."""
