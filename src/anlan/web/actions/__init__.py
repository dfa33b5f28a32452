"""What the doors write themselves."""
