"""What only the demonstration does."""
