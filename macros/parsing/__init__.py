"""Bytes of a file -> its data with positions, or located problems.

Imports: no other room.
"""
