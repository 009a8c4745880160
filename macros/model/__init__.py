"""What an SOP is: the shape of every file, and where each record is found on the site.

Imports: parsing.
"""
