"""Two catalogues -> the changes between them, and the roles that they concern.

Imports: parsing, model, catalogue, checks, wording.
"""
