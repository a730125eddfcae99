"""Asking sources what is new: when, how, and what to do with the answer."""
