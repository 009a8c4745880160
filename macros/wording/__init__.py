"""Records -> sentences, messages and flowcharts.

Imports: parsing, model, catalogue.
"""
