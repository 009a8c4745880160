"""What must hold in an SOP; turns a loaded SOP into a sound one, or into its problems.

Imports: parsing, model, catalogue.
"""
