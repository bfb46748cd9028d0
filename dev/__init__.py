"""What `./dcrc` runs: plain Python, standard library only."""
