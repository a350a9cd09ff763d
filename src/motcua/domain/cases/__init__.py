"""Dossiers (*hồ sơ*) from filing to result, with a clock computed from events.

Owns drafts, dossiers, their history, the papers handed in and the documents issued on the way. Source: Decree
118/2025/NĐ-CP (one-stop handling), Decree 45/2020/NĐ-CP (electronic procedures), Circular 03/2025/TT-VPCP
(forms, dossier code), and the ten states of the national portal's exchange guide.
"""
