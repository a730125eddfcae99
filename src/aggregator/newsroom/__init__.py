"""A simulated world of agencies and portals with a known truth; standard library only."""
