"""What changes imports."""
