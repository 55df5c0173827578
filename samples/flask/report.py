"""The queries of a back-office report: joins and aggregates over the shop's tables, as an ORM writes them."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from models import Customer, Order, OrderItem, Product

SOLD = ("paid", "shipped")
REVENUE = func.sum(OrderItem.quantity * OrderItem.unit_price_cents)

Rows = list[dict[str, Any]]


def make_report(session: Session) -> dict[str, Rows]:
    queries = {
        "sales_by_category": sales_by_category(),
        "top_customers": top_customers(),
        "overstocked_products": overstocked_products(),
        "revenue_by_country": revenue_by_country(),
        "latest_orders": latest_orders(),
        "idle_customers": idle_customers(date(2025, 4, 1)),
    }
    return {name: [dict(row) for row in session.execute(query).mappings()] for name, query in queries.items()}


def sales_by_category() -> Select[Any]:
    return (
        select(
            Product.category,
            func.count(Order.id.distinct()).label("order_count"),
            func.sum(OrderItem.quantity).label("units"),
            REVENUE.label("revenue_cents"),
        )
        .select_from(OrderItem)
        .join(Order, Order.id == OrderItem.order_id)
        .join(Product, Product.id == OrderItem.product_id)
        .where(Order.status.in_(SOLD))
        .group_by(Product.category)
        .order_by(REVENUE.desc(), Product.category)
    )


def top_customers() -> Select[Any]:
    return (
        select(
            Customer.id,
            Customer.name,
            Customer.country,
            Customer.segment,
            func.count(Order.id.distinct()).label("order_count"),
            REVENUE.label("revenue_cents"),
        )
        .select_from(Customer)
        .join(Order, Order.customer_id == Customer.id)
        .join(OrderItem, OrderItem.order_id == Order.id)
        .where(Order.status.in_(SOLD))
        .group_by(Customer.id, Customer.name, Customer.country, Customer.segment)
        .order_by(REVENUE.desc(), Customer.id)
        .limit(10)
    )


def overstocked_products() -> Select[Any]:
    units = func.coalesce(func.sum(OrderItem.quantity), 0)
    return (
        select(Product.id, Product.sku, Product.name, Product.category, Product.stock, units.label("units"))
        .select_from(Product)
        .outerjoin(OrderItem, OrderItem.product_id == Product.id)
        .group_by(Product.id, Product.sku, Product.name, Product.category, Product.stock)
        .having(Product.stock > units)
        .order_by(units, Product.id)
        .limit(10)
    )


def revenue_by_country() -> Select[Any]:
    amount = OrderItem.quantity * OrderItem.unit_price_cents
    return (
        select(
            Customer.country,
            func.count(Customer.id.distinct()).label("customer_count"),
            func.sum(case((Order.status.in_(SOLD), amount), else_=0)).label("sold_cents"),
            func.sum(case((Order.status == "refunded", amount), else_=0)).label("refunded_cents"),
        )
        .select_from(Customer)
        .join(Order, Order.customer_id == Customer.id)
        .join(OrderItem, OrderItem.order_id == Order.id)
        .group_by(Customer.country)
        .order_by(Customer.country)
    )


def latest_orders() -> Select[Any]:
    return (
        select(
            Order.id,
            Order.status,
            Customer.name.label("customer_name"),
            Customer.email.label("customer_email"),
            func.count(OrderItem.id).label("item_count"),
            REVENUE.label("total_cents"),
        )
        .select_from(Order)
        .join(Customer, Customer.id == Order.customer_id)
        .join(OrderItem, OrderItem.order_id == Order.id)
        .group_by(Order.id, Order.status, Order.placed_on, Customer.name, Customer.email)
        .order_by(Order.placed_on.desc(), Order.id.desc())
        .limit(20)
    )


def idle_customers(since: date) -> Select[Any]:
    has_recent_order = (
        select(Order.id)
        .where(Order.customer_id == Customer.id, Order.status.in_(SOLD), Order.placed_on >= since)
        .exists()
    )
    return (
        select(Customer.id, Customer.name, Customer.email, Customer.country, Customer.segment)
        .where(Customer.segment == "business", ~has_recent_order)
        .order_by(Customer.country, Customer.id)
    )
