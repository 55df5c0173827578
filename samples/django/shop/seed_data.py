"""The rows that every database starts with: the same ones each time, in both sample apps."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

FIRST_NAMES = ("Ada", "Barbara", "Edsger", "Frances", "Grace", "John", "Katherine", "Linus", "Margaret", "Radia")
LAST_NAMES = ("Allen", "Hamilton", "Hopper", "Johnson", "Liskov", "Lovelace", "Perlman")
COUNTRIES = ("AT", "BR", "CH", "DE", "FR", "GB", "IN", "JP", "US")
SEGMENTS = ("business", "education", "private")
CATEGORIES = ("audio", "books", "cameras", "garden", "kitchen", "office", "outdoor", "toys")
STATUSES = ("paid", "paid", "shipped", "shipped", "shipped", "refunded", "cancelled")
TASK_NAMES = ("user_action", "data_processing", "report_generation", "cleanup_task", "analysis_job")

Rows = list[dict[str, Any]]


class SeedData(NamedTuple):
    customers: Rows
    products: Rows
    orders: Rows
    order_items: Rows
    # More than /api/data/ ever shows, so that a young database answers with as much as an old one.
    test_data: Rows


def make_seed_data() -> SeedData:
    source = random.Random(42)
    products = make_products(source)
    orders = make_orders(source)
    return SeedData(make_customers(source), products, orders, make_order_items(source, orders, products), make_test_data(source))


def make_customers(source: random.Random) -> Rows:
    names = [f"{first} {last}" for first in FIRST_NAMES for last in LAST_NAMES]
    return [
        {
            "id": id,
            "name": name,
            "email": f"{name.lower().replace(' ', '.')}@example.org",
            "country": source.choice(COUNTRIES),
            "segment": source.choice(SEGMENTS),
        }
        for id, name in enumerate(names, start=1)
    ]


def make_products(source: random.Random) -> Rows:
    return [
        {
            "id": id,
            "sku": f"SKU-{id:04d}",
            "name": f"Product {id}",
            "category": CATEGORIES[id % len(CATEGORIES)],
            "price_cents": source.randrange(500, 50_000, 5),
            "stock": source.randrange(0, 80),
        }
        for id in range(1, 49)
    ]


def make_orders(source: random.Random) -> Rows:
    return [
        {
            "id": id,
            "customer_id": source.randrange(1, len(FIRST_NAMES) * len(LAST_NAMES) + 1),
            "status": source.choice(STATUSES),
            "placed_on": date(2025, 1, 1) + timedelta(days=id),
        }
        for id in range(1, 151)
    ]


def make_order_items(source: random.Random, orders: Rows, products: Rows) -> Rows:
    items: Rows = []
    for order in orders:
        for product in source.sample(products, source.randrange(1, 4)):
            items.append(
                {
                    "id": len(items) + 1,
                    "order_id": order["id"],
                    "product_id": product["id"],
                    "quantity": source.randrange(1, 6),
                    "unit_price_cents": product["price_cents"],
                }
            )
    return items


def make_test_data(source: random.Random) -> Rows:
    return [
        {
            "id": id,
            "name": source.choice(TASK_NAMES),
            "value": source.randrange(1000),
            "created_at": datetime(2025, 1, 1) + timedelta(minutes=id),
        }
        for id in range(1, 101)
    ]
