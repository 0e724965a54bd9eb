"""Tests of the ways into the past."""
