"""An exercise from the trigger to the report, with simulated partners who really answer."""
