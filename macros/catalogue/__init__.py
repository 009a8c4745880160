"""Files -> records, cross-referenced and resolved.

Imports: parsing, model.
"""
