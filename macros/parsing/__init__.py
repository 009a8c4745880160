"""The bytes of a file -> data with positions, or located problems.

Imports: no other room.
"""
