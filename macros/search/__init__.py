"""The index of the search box.

Imports: parsing, model, catalogue, checks, wording, pages.
"""
