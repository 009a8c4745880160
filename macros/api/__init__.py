"""The JSON API: documents and their schema.

Imports: parsing, model, catalogue, checks, wording.
"""
