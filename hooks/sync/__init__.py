"""One canonical ignore file, and those that are kept in step with it."""
