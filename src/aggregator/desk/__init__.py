"""What an operator asks: why, what if, what is wrong."""
