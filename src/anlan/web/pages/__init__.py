"""The few pages of the design system itself."""
