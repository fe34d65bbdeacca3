"""sql against real SQLite files."""
import json
import signal
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
        self.rows("create table t(raw)")
        done = self.flow('flow main() -> all { sql("select x\'00ff\' as raw", db: "a.db") -> all }\n')
        self.assert_failed(done, "PF0911", "a.db: the column `raw` holds bytes; ask for `hex(raw)`")
        done = self.flow('schema R { raw: bytes; none: bytes? }\nflow main() {\n'
                         '  sql("select x\'00ff\' as raw, null as none", db: "a.db", schema: R) -> all\n'
                         '  print(to_json(all))\n}\n')
        self.assert_done(done, '[{"raw":"AP8=","none":null}]\n')
        done = self.flow('flow main() { sql("select cast(x\'61ff\' as text) as t", db: "a.db") -> all }\n')
        self.assert_failed(done, "PF0912", "a.db: the column `t` holds text that is not UTF-8")

    def test_types_come_back_as_they_went_in(self):
        done = self.flow('schema Tag { name: str; main: bool }\n'
                         'schema R { id: int; done: bool; late: bool?; n: int; x: float; tags: [Tag];\n'
                         '  more: map<int>?; wait: duration; raw: bytes; level: "low" | "high" }\n'
                         'flow main() {\n  let done = true\n'
                         '  base64_decode("AP8=", schema: bytes) -> raw\n'
                         '  let tags = [Tag { name: "a", main: true }]\n  let more = { "k": 1 }\n'
                         '  let level: "low" | "high" = "low"\n'
                         '  sql("create table t(id integer primary key, done real, late boolean, n real,'
                         ' x int, tags, more, wait, raw, level)", db: "a.db")\n'
                         '  sql("insert into t values (1, ${done}, ${not done}, ${7}, ${2.0}, ${to_json(tags)},'
                         ' ${to_json(more)}, ${to_json(5m)}, ${raw}, ${level})", db: "a.db")\n'
                         '  sql("insert into t values (2, ${not done}, null, 8, 0.5, \'[]\', null,'
                         ' \'1s\', x\'\', \'high\')", db: "a.db")\n'
                         '  sql("select * from t order by id", db: "a.db", schema: R) -> all\n  print(to_json(all))\n}\n')
        self.assert_done(done)
        self.assertEqual(json.loads(done.stdout), [
            {"id": 1, "done": True, "late": False, "n": 7, "x": 2.0,
             "tags": [{"name": "a", "main": True}], "more": {"k": 1}, "wait": "5m", "raw": "AP8=",
             "level": "low"},
            {"id": 2, "done": False, "late": None, "n": 8, "x": 0.5, "tags": [], "more": None,
             "wait": "1s", "raw": "", "level": "high"}])

    def test_what_a_type_cannot_hold(self):
        self.rows("create table t as select 2 as two, 0.5 as half, 'true' as word, '[1' as cut")
        for column, kind, code, headline in (
                ("two", "bool", "PF0911", "a.db: the column `two` holds 2: expected bool, which is 0 or 1"),
                ("half", "bool?", "PF0911", "$.half: expected bool, found float"),
                ("half", "int", "PF0911", "$.half: expected int, found float"),
                ("word", "bool", "PF0911", "$.word: expected bool, found str"),
                ("cut", "[int]", "PF0911", "a.db: the column `cut` holds no JSON, which [int] needs:")):
            done = self.flow(f'schema R {{ {column}: {kind} }}\nflow main() -> all {{\n'
                             '  sql("select * from t", db: "a.db", schema: R) -> all }\n')
            self.assert_failed(done, code, headline)

    def test_columns_of_one_name(self):
        self.rows("create table a as select 1 as id, 7 as b_id")
        self.rows("create table b as select 7 as id, 'x' as name, x'00' as raw")
        join = "select * from a join b on a.b_id = b.id"
        headline = "a.db: two columns have the name `{}`: give one another with `as`"
        for query, name in ((join, "id"), ("select 1, 2, 1", "1"), (join + " where false", "id")):
            done = self.flow(f'flow main() -> all {{ sql("{query}", db: "a.db") -> all }}\n')
            self.assert_failed(done, "PF0911", headline.format(name))
        done = self.flow('schema R { b_id: int; name: str }\nflow main() -> all {\n'
                         f'  sql("{join}", db: "a.db", schema: R) -> all }}\n')
        self.assert_done(done, '[{"b_id":7,"name":"x"}]\n')

    def test_no_database(self):
        (self.work / "a.db").write_text("this is no database, whatever its name says, and long\n")
        done = self.flow('flow main() -> all { sql("select * from sqlite_master", db: "a.db") -> all }\n')
        self.assert_failed(done, "PF0912", "a.db: file is not a database")
        (self.work / "folder").mkdir()
        done = self.flow('flow main() { sql("create table t(n)", db: "folder") }\n')
        self.assert_failed(done, "PF0904", "folder: it is a folder")
        done = self.flow('flow main() { sql("create table t(n)", db: "no/a.db") }\n')
        self.assert_failed(done, "PF0904", "no/a.db: cannot open the database: no such file or folder")

    def test_what_only_reads_makes_no_database(self):
        flow = self.compile('flow main(q: str, read_only: bool = false) -> all {\n'
                            '  sql_unsafe(q) -> query\n  sql(query, db: "n.db", read_only: read_only) -> all\n}\n')
        for query in ("select count(*) from notes", "select 1", "pragma user_version", "begin; select 1; end",
                      "explain select 1", "with n as (select 1) select * from n", "select 1; selct 2",
                      "insert into notes values (1) returning *", "/* nothing */"):
            done = self.run_flow(flow, query)
            self.assertEqual(done.returncode, 1, query)
            self.assert_left()
        self.assert_failed(self.run_flow(flow, "select * from notes"), "PF0904", "n.db: no such file")
        self.assert_failed(self.run_flow(flow, "select 1; selct 2"), "PF0904", 'n.db: near "selct"')
        create = "select 1; create table notes(n); insert into notes values (1) returning n"
        self.assert_failed(self.run_flow(flow, create, "--read-only"), "PF0904", "n.db: no such file")
        self.assert_left()
        self.assert_done(self.run_flow(flow, create), '[{"n":1}]\n')
        self.assert_failed(self.run_flow(flow, "delete from notes", "--read-only"), "PF0912",
                           "n.db: attempt to write a readonly database; `read_only` is set")
        self.assert_done(self.run_flow(flow, "select * from notes", "--read-only"), '[{"n":1}]\n')

    def test_own_transactions(self):
        flow = self.compile('flow main(q: str) {\n  sql_unsafe(q) -> query\n'
                            '  sql(query, db: "a.db") as run\n  print("${run.changed}")\n}\n')
        self.assert_done(self.run_flow(flow, "create table t(n unique)"))
        for query, changed in (
                ("-- one\nbegin; insert into t values (1); commit;", 1),
                ("/* two; */ ;; BEGIN immediate; insert into t values (2); commit", 1),
                ("insert into t values (3); begin; insert into t values (4); end -- done", 2),
                ("begin; insert into t values (5); rollback; insert into t values (6)", 2),
                ("savepoint s; insert into t values (7); release s; select 1", 1),
                ("pragma foreign_keys = on; insert into t values (8); insert into t values (9)", 2),
                ("insert into t values (10); vacuum; insert into t values (11)", 2),
                ("attach 'b.db' as b; create table b.t(n); insert into b.t values (1); detach b", 1),
                ("create trigger g after insert on t begin delete from t where n > 90; end;"
                 " insert into t values (99)", 2)):
            self.assert_done(self.run_flow(flow, f"--q={query}"), f"{changed}\n")
        self.assertEqual([n for n, in self.rows("select n from t order by n")],
                         [1, 2, 3, 4, 6, 7, 8, 9, 10, 11])
        done = self.run_flow(flow, "attach 'c.db' as c; select * from c.t")
        self.assert_failed(done, "PF0912", "a.db: unable to open database: c.db")
        self.assertFalse((self.work / "c.db").exists())
        done = self.run_flow(flow, "begin; insert into t values (12)")
        self.assert_failed(done, "PF0912", "a.db: the statements leave a transaction open")
        done = self.run_flow(flow, "/* x */ insert into t values (12); insert into t values (1)")
        self.assert_failed(done, "PF0912", "a.db: UNIQUE constraint failed: t.n")
        self.assertEqual(self.rows("select * from t where n = 12"), [])

    def test_a_wait_for_another_program_can_be_ended(self):
        self.rows("create table t(n)")
        other = sqlite3.connect(self.work / "a.db", isolation_level=None)
        self.addCleanup(other.close)
        other.execute("begin exclusive")
        insert = 'sql("insert into t values (1)", db: "a.db")'
        # Of the five seconds that the database is waited for, five calls would take ten.
        done = self.flow(f'flow main() {{\n  range(5) >> each n with (parallel: 5) {{\n    {insert} with (timeout: 200ms)\n  }}\n}}\n')
        self.assertEqual((done.returncode, done.stderr.count("error[")), (1, 1))
        flow = self.compile(f'flow main() {{\n  eprint("begun")\n  {insert}\n}}\n')
        for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            running = self.start(flow)
            self.assertEqual(running.stderr.readline(), "begun\n")
            self.assertEqual(self.interrupt(running, number).returncode, code)

    def test_a_query_that_computes_can_be_ended(self):
        endless = 'sql("with recursive c(n) as (select 1 union all select n + 1 from c) select sum(n) from c", db: "a.db")'
        self.rows("create table t(n)")
        done = self.flow(f'flow main() {{ {endless} with (timeout: 200ms) -> all }}\n')
        self.assert_failed(done, "PF0908", "timed out after 200ms")

    def test_a_query_in_parallel_branches(self):
        self.rows("create table t(n int)")
        done = self.flow('flow main() {\n  range(20) >> each n with (parallel: 20, retries: 3) {\n'
                         '    sql("insert into t values (${n})", db: "a.db") as add\n    add.changed\n'
                         '  }\n}\n')
        self.assert_done(done)
        self.assertEqual(self.rows("select count(*), sum(n) from t"), [(20, 190)])
