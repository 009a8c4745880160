"""The rules for an SOP: validates a loaded SOP and returns a catalogue or the problems.

Imports: parsing, model, catalogue.
"""
