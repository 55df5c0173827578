"""Creates the tables and the rows to start with; a database that has them is left as it is. Run: python -m prepare"""

from __future__ import annotations

from sqlalchemy import func, insert, select

from database import Session, engine
from models import Base, Customer, Order, OrderItem, Product, TestData
from seed_data import make_seed_data


def prepare() -> None:
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            # Readers and the writer do not block each other. Kept in the file, so copies of it have it too.
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")
    Base.metadata.create_all(engine)
    seed()
    # Closes the last connection: SQLite then moves everything into the one file that trials copy.
    engine.dispose()


def seed() -> None:
    with Session.begin() as session:
        if session.scalar(select(func.count()).select_from(Customer)):
            return
        data = make_seed_data()
        session.execute(insert(Customer), data.customers)
        session.execute(insert(Product), data.products)
        session.execute(insert(Order), data.orders)
        session.execute(insert(OrderItem), data.order_items)
        session.execute(insert(TestData), data.test_data)


if __name__ == "__main__":
    prepare()
