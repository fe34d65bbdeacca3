"""sql against real SQLite files."""
import json
import sqlite3

from flow_case import FlowCase


class Sql(FlowCase):
    def rows(self, query):
        with sqlite3.connect(self.work / "a.db") as db:
            return db.execute(query).fetchall()

    def test_values_are_bound_never_pasted(self):
        done = self.flow('flow main(name: str) -> found {\n'
                         '  sql("create table t(name text, n int)", db: "a.db")\n'
                         '  sql("insert into t values (${name}, ${41 + 1})", db: "a.db") as add\n'
                         '  print("${add.changed}")\n'
                         '  sql("select * from t where name = ${name}", db: "a.db") -> found\n}\n',
                         "x'); drop table t; --")
        self.assert_done(done, '1\n[{"name":"x\'); drop table t; --","n":42}]\n')

    def test_rows_have_the_type_asked_for(self):
        self.rows("create table t as select 'Ada' as name, 36 as age, null as city")
        program = ('schema P {{ name: str; age: {}; city: str? }}\nflow main() -> all {{\n'
                   '  sql("select * from t", db: "a.db", schema: P) -> all\n}}\n')
        done = self.flow(program.format("int"))
        self.assert_done(done)
        self.assertEqual(json.loads(done.stdout), [{"name": "Ada", "age": 36, "city": None}])
        self.assert_failed(self.flow(program.format("str")), "PF0911", "$.age: expected str")

    def test_several_statements_are_one_transaction(self):
        done = self.flow('flow main() { sql("""\n    create table t(n int unique);\n'
                         '    insert into t values (1);\n    insert into t values (1);\n'
                         '    """, db: "a.db") }\n')
        self.assert_failed(done, "PF0912", "a.db: UNIQUE constraint failed: t.n")
        self.assertEqual(self.rows("select * from sqlite_master"), [])

    def test_what_json_cannot_hold(self):
        done = self.flow('flow main() -> all { sql("select x\'00ff\' as raw", db: "a.db") -> all }\n')
        self.assert_failed(done, "PF0912", "a.db: the column `raw` holds bytes; ask for `hex(raw)`")

    def test_no_database(self):
        (self.work / "a.db").write_text("this is no database, whatever its name says, and long\n")
        done = self.flow('flow main() -> all { sql("select * from sqlite_master", db: "a.db") -> all }\n')
        self.assert_failed(done, "PF0912", "a.db: file is not a database")

    def test_a_query_in_parallel_branches(self):
        self.rows("create table t(n int)")
        done = self.flow('flow main() {\n  range(20) >> each n with (parallel: 20, retries: 3) {\n'
                         '    sql("insert into t values (${n})", db: "a.db") as add\n    add.changed\n'
                         '  }\n}\n')
        self.assert_done(done)
        self.assertEqual(self.rows("select count(*), sum(n) from t"), [(20, 190)])
