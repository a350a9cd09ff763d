"""Printed documents: typst templates in, PDF/A-2b out.

Owns no tables. A template is a file of the app whose document it is (``domain/cases/forms/01_receipt.typ``);
what all official documents share stands in ``packages/motcua/official``.

Source: ISO 19005-2 (PDF/A-2), conformance level B; Decree 30/2020/NĐ-CP, annex I (layout).
"""
