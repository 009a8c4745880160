"""The data model: kinds of records, their fields and references, and the URL of each record.

Imports: parsing.
"""
