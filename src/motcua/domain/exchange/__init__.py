"""The exchange of official documents between agencies – *liên thông văn bản điện tử*.

Owns the edXML package: what it says, how the field writes it, whether its signature holds, and the life of a
document at each recipient. Sources: QCVN 102:2016/BTTTT with amendment 1:2022 (Circular 01/2022/TT-BTTTT);
Decision 28/2018/QĐ-TTg (states between agencies); Decision 20/2020/QĐ-TTg (codes of agencies).
"""
