"""The SOP as PDFs; templates/ holds the Typst templates, fonts/ the fonts.

Imports: parsing, model, catalogue, checks, wording, api, pages.
"""
