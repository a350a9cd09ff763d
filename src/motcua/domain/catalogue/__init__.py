"""The catalogue of administrative procedures (*thủ tục hành chính*): versioned definitions that drive everything.

Owns procedures and their published definitions. One definition yields the form, the checklist, the fee, the
deadline, the internal steps and the result. Source: Decree 63/2010/NĐ-CP art. 8 (parts of a procedure) and
Decree 118/2025/NĐ-CP (one-stop handling).
"""
