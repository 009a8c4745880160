"""Two catalogues -> what changes for whom.

Imports: parsing, model, catalogue, checks, wording.
"""
