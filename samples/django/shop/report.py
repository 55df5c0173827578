"""The queries of a back-office report: joins and aggregates over the shop's tables, as an ORM writes them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, QuerySet, Sum, When
from django.db.models.functions import Coalesce

from .models import Customer, Order, OrderItem, Product

SOLD = ("paid", "shipped")

Rows = list[dict[str, Any]]


def make_report() -> dict[str, Rows]:
    return {
        "sales_by_category": list(sales_by_category()),
        "top_customers": list(top_customers()),
        "overstocked_products": list(overstocked_products()),
        "revenue_by_country": list(revenue_by_country()),
        "latest_orders": list(latest_orders()),
        "idle_customers": list(idle_customers(date(2025, 4, 1))),
    }


def sales_by_category() -> QuerySet[Any]:
    return (
        OrderItem.objects.filter(order__status__in=SOLD)
        .values(category=F("product__category"))
        .annotate(
            order_count=Count("order", distinct=True),
            units=Sum("quantity"),
            revenue_cents=Sum(F("quantity") * F("unit_price_cents")),
        )
        .order_by("-revenue_cents", "category")
    )


def top_customers() -> QuerySet[Any]:
    return (
        Customer.objects.filter(orders__status__in=SOLD)
        .values("id", "name", "country", "segment")
        .annotate(
            order_count=Count("orders", distinct=True),
            revenue_cents=Sum(F("orders__items__quantity") * F("orders__items__unit_price_cents")),
        )
        .order_by("-revenue_cents", "id")[:10]
    )


def overstocked_products() -> QuerySet[Any]:
    return (
        Product.objects.values("id", "sku", "name", "category", "stock")
        .annotate(units=Coalesce(Sum("items__quantity"), 0))
        .filter(stock__gt=F("units"))
        .order_by("units", "id")[:10]
    )


def revenue_by_country() -> QuerySet[Any]:
    amount = F("orders__items__quantity") * F("orders__items__unit_price_cents")

    def sum_where(**condition: Any) -> Sum:
        return Sum(Case(When(**condition, then=amount), default=0, output_field=IntegerField()))

    return (
        Customer.objects.filter(orders__items__isnull=False)
        .values("country")
        .annotate(
            customer_count=Count("id", distinct=True),
            sold_cents=sum_where(orders__status__in=SOLD),
            refunded_cents=sum_where(orders__status="refunded"),
        )
        .order_by("country")
    )


def latest_orders() -> QuerySet[Any]:
    return (
        Order.objects.values(
            "id", "status", customer_name=F("customer__name"), customer_email=F("customer__email")
        )
        .annotate(
            item_count=Count("items"), total_cents=Sum(F("items__quantity") * F("items__unit_price_cents"))
        )
        .order_by("-placed_on", "-id")[:20]
    )


def idle_customers(since: date) -> QuerySet[Any]:
    recent_orders = Order.objects.filter(customer=OuterRef("pk"), status__in=SOLD, placed_on__gte=since)
    return (
        Customer.objects.filter(~Exists(recent_orders), segment="business")
        .order_by("country", "id")
        .values("id", "name", "email", "country", "segment")
    )
