"""Prices a node begins with. An administrator replaces them in the console; a node that already has some keeps them.

GDP per capita at current prices as the General Statistics Office estimated it at the end of the year; 2026 is
reckoned with that of 2025 until the year's own is known. 22 days of 8 hours: Circular 02/2017/TT-VPCP. Half of what
may be filed online is taken to be: a stated assumption, to be replaced by the node's own share.
"""

from datetime import UTC, datetime
from typing import Any

from django.db import migrations

STATED_AT = datetime(2026, 1, 6, tzinfo=UTC)
INCOMES = {
    2024: (114_000_000, "Tổng cục Thống kê, báo cáo quý IV năm 2024: GDP bình quân đầu người 114 triệu đồng"),
    2025: (125_500_000, "Cục Thống kê, báo cáo quý IV năm 2025: GDP bình quân đầu người 125,5 triệu đồng"),
    2026: (125_500_000, "Tạm tính theo GDP bình quân đầu người năm 2025 (125,5 triệu đồng)"),
}
DAYS_PER_MONTH, HOURS_PER_DAY, ONLINE_PERCENT = 22, 8, 50


def state(apps: Any, schema_editor: Any) -> None:  # noqa: ANN401
    rows = apps.get_model("reform", "PriceRow")
    rows.objects.bulk_create(
        rows(
            year=year,
            kind=kind,
            income_per_year_dong=income,
            days_per_month=DAYS_PER_MONTH,
            hours_per_day=HOURS_PER_DAY,
            online_percent=ONLINE_PERCENT,
            source=source,
            set_at=STATED_AT,
        )
        for year, (income, source) in INCOMES.items()
        for kind in ("individual", "enterprise")
    )


class Migration(migrations.Migration):
    dependencies = [("reform", "0001_price_the_hour")]

    operations = [migrations.RunPython(state, migrations.RunPython.noop)]
