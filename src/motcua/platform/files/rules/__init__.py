"""What may come in and how it goes out: functions over names, bytes and open streams."""
