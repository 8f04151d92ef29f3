"""Tests of the pages, pictures and files that people read."""
