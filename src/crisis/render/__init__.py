"""Reports and pictures from core values."""
