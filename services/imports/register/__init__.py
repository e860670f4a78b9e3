"""Registers of resolutions with their answers, as unions of municipalities keep them in spreadsheets."""
