"""The site: the only room that knows MkDocs.

Imports: all rooms but cli.
"""
