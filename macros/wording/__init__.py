"""Records as sentences, messages and flowcharts.

Imports: parsing, model, catalogue.
"""
