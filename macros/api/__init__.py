"""The SOP as JSON documents, with their schema.

Imports: parsing, model, catalogue, checks, wording.
"""
