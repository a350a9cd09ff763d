"""Files as people hand them in: stored once per content, never changed, never trusted.

A file is known by the SHA-256 of its bytes; every hand-in has its own record (name, owner, instant) over a
shared content. The type is read from the bytes and must agree with the name. Until a scanner has found a
content clean it is in quarantine; where no scanner is configured that is said (``unscanned``), not hidden.

**This service knows no permissions.** ``queries.read`` gives the bytes to whoever calls it: the app that owns
the subject decides who may see them, and an interface asks it before every single answer. Files are never
served by a web server from a folder of the site.

Source: Decree 45/2020/NĐ-CP, articles 9–10 and 16 (electronic papers and their keeping); Circular
01/2023/TT-VPCP, article 8 (integrity of scans).
"""
