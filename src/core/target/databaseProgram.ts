/**
 * Python that gives a trial a database of its own on a server, by the driver that the app itself uses: what the app can reach, it can.
 * One question on stdin as JSON: `{action, kind, name, variables, database, template}`; one answer on stdout: `{value, rows}`, `{names}`, `{lists}`,
 * `{rows}` or `{error, hint}`. Passwords come by stdin, never by an argument. Actions: `create` (a copy of the template; of the database that the
 * variable names now when that is null), `empty`, `drop`, `list`, `rows` (how many each table holds); of Redis alone `backlog`: how long each list in the trial's database is.
 */
export const databaseProgram = `
import json, sys
from urllib.parse import unquote, urlsplit, urlunsplit

class Refused(Exception):
    def __init__(self, error, hint):
        super().__init__(error)
        self.error, self.hint = error, hint

class Server:
    """Where the variable's server is: in its own URL, or in the variables beside it (DB_NAME: DB_HOST, DB_PORT, ...)."""

    def __init__(self, question, scheme_port):
        self.name, variables = question["name"], question["variables"]
        self.value = variables.get(self.name, "")
        self.is_url = "://" in self.value
        parts = urlsplit(self.value) if self.is_url else None
        prefix = self.name.rsplit("_", 1)[0] + "_"

        def beside(*names):
            return next((variables[prefix + name] for name in names if variables.get(prefix + name)), None)

        self.host = (parts.hostname if parts else beside("HOST", "HOSTNAME", "SERVER")) or "127.0.0.1"
        self.port = int((parts.port if parts else beside("PORT")) or scheme_port)
        self.user = unquote(parts.username or "") if parts else beside("USER", "USERNAME", "LOGIN")
        self.password = unquote(parts.password or "") if parts else beside("PASSWORD", "PASS", "PASSWD")
        self.database = parts.path.lstrip("/") if parts else self.value

    def value_with(self, database):
        if not self.is_url:
            return str(database)
        return urlunsplit(urlsplit(self.value)._replace(path="/" + str(database)))

def unreachable(what, server, error):
    return Refused(
        "%s at %s:%s cannot be reached: %s" % (what, server.host, server.port, error),
        "Start it, or correct %s and what stands beside it; --stack mysql-redis starts a private one." % server.name,
    )

def no_driver(what, names):
    return Refused(
        "The app's Python has no driver for %s" % what,
        "Install one of %s into it, or give the state a reset by a command of your own." % ", ".join(names),
    )

# Counting takes a moment for each million of rows: larger tables, by the server's own estimate, are left out.
MOST_ROWS = 2000000

class MySql:
    label = "MySQL or MariaDB"

    def __init__(self, question):
        self.server = Server(question, 3306)
        self.connection = self.connect()
        self.cursor = self.connection.cursor()

    def connect(self):
        server = self.server
        options = {"host": server.host, "port": server.port, "user": server.user or "root", "password": server.password or ""}
        for module in ("pymysql", "MySQLdb", "mysql.connector", "mariadb"):
            try:
                driver = __import__(module, fromlist=["connect"])
            except ImportError:
                continue
            try:
                return driver.connect(**options)
            except Exception as error:
                raise unreachable(self.label, server, error)
        raise no_driver(self.label, ("pymysql", "mysqlclient", "mysql-connector-python"))

    def rows(self, statement, values=()):
        self.cursor.execute(statement, values)
        return list(self.cursor.fetchall())

    def run(self, statement):
        self.cursor.execute(statement)

    def exists(self, name):
        return bool(self.rows("SELECT 1 FROM information_schema.schemata WHERE schema_name = %s", (name,)))

    def quoted(self, name):
        return "\`" + name.replace("\`", "\`\`") + "\`"

    def empty(self, name, like=None):
        known = "SELECT default_character_set_name, default_collation_name FROM information_schema.schemata WHERE schema_name = %s"
        found = self.rows(known, (like,)) if like else []
        kind = " CHARACTER SET %s COLLATE %s" % found[0] if found else " CHARACTER SET utf8mb4"
        self.run("DROP DATABASE IF EXISTS " + self.quoted(name))
        self.run("CREATE DATABASE " + self.quoted(name) + kind)

    def create(self, name, template):
        template = template or self.server.database
        self.empty(name, template)
        if not template or not self.exists(template):
            return
        self.run("USE " + self.quoted(name))
        self.run("SET SESSION foreign_key_checks = 0, unique_checks = 0")
        tables = self.rows("SELECT table_name, table_type FROM information_schema.tables WHERE table_schema = %s", (template,))
        source = self.quoted(template) + "."
        for table, kind in tables:
            if kind == "BASE TABLE":
                self.copy_table(source, template, table)
        for (trigger,) in self.rows("SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = %s", (template,)):
            self.run(self.rows("SHOW CREATE TRIGGER " + source + self.quoted(trigger))[0][2])
        for view, kind in tables:
            if kind == "VIEW":
                text = self.rows("SHOW CREATE VIEW " + source + self.quoted(view))[0][1]
                self.run(text.replace(source, self.quoted(name) + "."))
        self.connection.commit()

    def copy_table(self, source, template, table):
        self.run(self.rows("SHOW CREATE TABLE " + source + self.quoted(table))[0][1])
        written = (
            "SELECT column_name FROM information_schema.columns WHERE table_schema = %s AND table_name = %s"
            " AND extra NOT LIKE '%%GENERATED%%' ORDER BY ordinal_position"
        )
        columns = ", ".join(self.quoted(column) for (column,) in self.rows(written, (template, table)))
        quoted = self.quoted(table)
        self.run("INSERT INTO %s (%s) SELECT %s FROM %s%s" % (quoted, columns, columns, source, quoted))

    def drop(self, name):
        self.run("DROP DATABASE IF EXISTS " + self.quoted(name))

    def count(self, name):
        known = (
            "SELECT table_name FROM information_schema.tables"
            " WHERE table_schema = %s AND table_type = 'BASE TABLE' AND coalesce(table_rows, 0) <= %s"
        )
        counted = "SELECT count(*) FROM " + self.quoted(name) + "."
        return {table: self.rows(counted + self.quoted(table))[0][0] for (table,) in self.rows(known, (name, MOST_ROWS))}

    def list(self, prefix):
        return [name for (name,) in self.rows("SELECT schema_name FROM information_schema.schemata") if name.startswith(prefix)]

class Postgres:
    label = "PostgreSQL"

    def __init__(self, question):
        self.server = Server(question, 5432)
        server = self.server
        self.options = {"host": server.host, "port": server.port, "dbname": "postgres"}
        self.options.update({key: value for key, value in (("user", server.user), ("password", server.password)) if value})
        self.connection = self.connect("postgres")
        self.cursor = self.connection.cursor()

    def connect(self, database):
        options = dict(self.options, dbname=database)
        for module in ("psycopg", "psycopg2"):
            try:
                driver = __import__(module)
            except ImportError:
                continue
            try:
                connection = driver.connect(**options)
            except Exception as error:
                raise unreachable(self.label, self.server, error)
            connection.autocommit = True
            return connection
        raise no_driver(self.label, ("psycopg", "psycopg2-binary"))

    def quoted(self, name):
        return '"' + name.replace('"', '""') + '"'

    def empty(self, name):
        self.drop(name)
        self.cursor.execute("CREATE DATABASE " + self.quoted(name))

    def create(self, name, template):
        template = template or self.server.database
        self.cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", (template,))
        if not template or not self.cursor.fetchall():
            return self.empty(name)
        self.drop(name)
        try:
            self.cursor.execute("CREATE DATABASE %s TEMPLATE %s" % (self.quoted(name), self.quoted(template)))
        except Exception as error:
            raise Refused(
                "The database %s cannot be copied: %s" % (template, str(error).strip()),
                'PostgreSQL copies no database that somebody is connected to: end what uses it, or make the state with "prepare".',
            )

    def drop(self, name):
        self.cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()", (name,)
        )
        self.cursor.execute("DROP DATABASE IF EXISTS " + self.quoted(name))

    def count(self, name):
        connection = self.connect(name)
        try:
            cursor = connection.cursor()
            cursor.execute(
                "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                " WHERE c.relkind = 'r' AND n.nspname !~ '^(pg_|information_schema$)' AND c.reltuples <= %s",
                (MOST_ROWS,),
            )
            found = {}
            for schema, table in cursor.fetchall():
                cursor.execute("SELECT count(*) FROM " + self.quoted(schema) + "." + self.quoted(table))
                found[table if schema == "public" else schema + "." + table] = cursor.fetchone()[0]
            return found
        finally:
            connection.close()

    def list(self, prefix):
        self.cursor.execute("SELECT datname FROM pg_database")
        return [name for (name,) in self.cursor.fetchall() if name.startswith(prefix)]

# Marks a database of a Redis server as taken by a trial.
MARK = "insights-comparison"

class Redis:
    label = "Redis"

    def __init__(self, question):
        self.server = Server(question, 6379)
        try:
            import redis
        except ImportError:
            raise no_driver(self.label, ("redis",))
        self.redis = redis
        try:
            self.databases = int(self.client(0).config_get("databases").get("databases", 16))
        except redis.exceptions.ResponseError:
            self.databases = 16
        except redis.exceptions.RedisError as error:
            raise unreachable(self.label, self.server, error)

    def client(self, number):
        server = self.server
        if server.is_url:
            return self.redis.from_url(server.value_with(number))
        return self.redis.Redis(server.host, server.port, number, password=server.password or None)

    def create(self, name, template=None):
        """The last one that holds nothing: whatever the user keeps there is not touched."""
        for number in range(self.databases - 1, 0, -1):
            client = self.client(number)
            if client.dbsize() == 0 and client.set(MARK, name, nx=True):
                if client.dbsize() == 1:
                    self.chosen = number
                    return
                client.delete(MARK)
        raise Refused(
            "Each of the %d databases of the Redis server holds something" % self.databases,
            "Empty one of them (number 1 or higher), raise databases in its configuration, or use --stack mysql-redis.",
        )

    empty = create

    def count(self, name):
        return {}

    def drop(self, name):
        for number in range(1, self.databases):
            client = self.client(number)
            if client.dbsize() > 0 and client.get(MARK) == name.encode():
                client.flushdb()

    def backlog(self, name):
        for number in range(1, self.databases):
            client = self.client(number)
            if client.dbsize() > 0 and client.get(MARK) == name.encode():
                lists = [key for key in client.scan_iter() if client.type(key) == b"list"]
                return {key.decode("utf-8", "replace"): client.llen(key) for key in lists}
        return {}

    def list(self, prefix):
        marks = (self.client(number).get(MARK) for number in range(1, self.databases))
        return [mark.decode() for mark in marks if mark is not None and mark.decode().startswith(prefix)]

def answer(question):
    server = {"mysql": MySql, "postgres": Postgres, "redis": Redis}[question["kind"]](question)
    action, database = question["action"], question["database"]
    if action == "list":
        return {"names": server.list(database)}
    if action == "backlog":
        return {"lists": server.backlog(database)}
    if action == "rows":
        return {"rows": server.count(database)}
    if action == "drop":
        server.drop(database)
        return {}
    if action == "create":
        server.create(database, question["template"])
    else:
        server.empty(database)
    return {"value": server.server.value_with(getattr(server, "chosen", database)), "rows": server.count(database)}

try:
    said = answer(json.load(sys.stdin))
except Refused as refused:
    said = {"error": refused.error, "hint": refused.hint}
except Exception as error:
    said = {"error": "%s: %s" % (type(error).__name__, error), "hint": "Does the user of that server have the right to make databases?"}
print(json.dumps(said))
`;
