"""All files of an SOP -> records with references, and resolved procedures.

Imports: parsing, model.
"""
