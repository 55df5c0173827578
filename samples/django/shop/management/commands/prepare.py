"""Creates the tables and the rows to start with; a database that has them is left as it is."""

from __future__ import annotations

from datetime import timezone
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection, transaction

from shop.models import Customer, Order, OrderItem, Product, TestData
from shop.seed_data import make_seed_data


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                # Readers and the writer do not block each other. Kept in the file, so copies of it have it too.
                cursor.execute("PRAGMA journal_mode=WAL")
        call_command("migrate", interactive=False, verbosity=0)
        if not Customer.objects.exists():
            seed()
        # The last connection that closes makes SQLite move everything into the one file that trials copy.
        connection.close()


@transaction.atomic
def seed() -> None:
    data = make_seed_data()
    Customer.objects.bulk_create(Customer(**row) for row in data.customers)
    Product.objects.bulk_create(Product(**row) for row in data.products)
    Order.objects.bulk_create(Order(**row) for row in data.orders)
    OrderItem.objects.bulk_create(OrderItem(**row) for row in data.order_items)
    TestData.objects.bulk_create(
        TestData(**{**row, "created_at": row["created_at"].replace(tzinfo=timezone.utc)}) for row in data.test_data
    )
