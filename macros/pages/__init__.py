"""The SOP as Markdown and HTML; templates/ holds the templates.

Imports: parsing, model, catalogue, checks, wording, changes, api.
"""
