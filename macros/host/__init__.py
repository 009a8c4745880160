"""The site build and the development server; the only room that imports MkDocs.

Imports: all rooms but cli.
"""
