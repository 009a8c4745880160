"""The command `sop`.

Imports: all rooms.
"""
