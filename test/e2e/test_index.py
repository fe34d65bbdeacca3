"""index_add, index_remove, nearest: what an index holds, and what it refuses."""
import sqlite3
import struct
import unittest

from flow_case import FlowCase

ADD = 'flow main(file: path, key: str, text: str, vector: [float]) { index_add(file, key, text, vector) }\n'
SEEK = """flow main(file: path, n: int = 5, keys: str = "*", least: float = -1.0, vector: [float] = [1.0, 0.0]) {
  nearest(vector, file, n: n, keys: keys, min_score: least) -> matches
  print(matches.map(found => "${found.key} ${round(found.score * 1000.0)}").join(", "))
}
"""
FIVE = """flow main(file: path) {
  [IndexEntry { key: "a/east", text: "East", vector: [1.0, 0.0] },
   IndexEntry { key: "a/north", text: "North", vector: [0.0, 3.0] },
   IndexEntry { key: "b/west", text: "West", vector: [-0.5, 0.0] },
   IndexEntry { key: "b/north east", text: "Between", vector: [2.0, 2.0] },
   IndexEntry { key: "b/far east", text: "Same way", vector: [9.0, 0.0] }] >> index_add_all(file)
}
"""


class IndexCase(FlowCase):
    def setUp(self):
        super().setUp()
        self.file = self.work / "own.index"

    def add(self, key, text, *vector, **options):
        return self.run_flow(self.compile(ADD, "add"), str(self.file), key, text,
                             *map(str, vector), **options)

    def five(self):
        self.assert_done(self.flow(FIVE, str(self.file)))

    def seek(self, *arguments):
        return self.run_flow(self.compile(SEEK, "seek"), str(self.file), *arguments)

    def read(self, query):
        with sqlite3.connect(self.file) as database:
            return database.execute(query).fetchall()


class Search(IndexCase):
    def test_the_best_first(self):
        self.five()
        self.assert_done(self.seek(), "a/east 1000, b/far east 1000, b/north east 707, a/north 0, "
                         "b/west -1000\n")

    def test_how_many(self):
        self.five()
        self.assert_done(self.seek("--n", "2"), "a/east 1000, b/far east 1000\n")
        self.assert_done(self.seek("--n", "0"), "\n")
        self.assert_failed(self.seek("--n=-1"), "PF0912", "`n` is -1; expected 0 or more")

    def test_filters(self):
        self.five()
        self.assert_done(self.seek("--keys", "b/*"), "b/far east 1000, b/north east 707, b/west -1000\n")
        self.assert_done(self.seek("--keys", "?/north"), "a/north 0\n")
        self.assert_done(self.seek("--keys", "none"), "\n")
        self.assert_done(self.seek("--least", "0.5"), "a/east 1000, b/far east 1000, b/north east 707\n")
        self.assert_done(self.seek("--least", "0.5", "--keys", "a/*", "--n", "1"), "a/east 1000\n")

    def test_the_lengths_of_vectors_do_not_count(self):
        self.five()
        self.assert_done(self.seek("--n", "1", "--vector=0.0", "--vector=1e-5"), "a/north 1000\n")


class Content(IndexCase):
    def test_vectors_are_little_endian_floats(self):
        self.assert_done(self.add("k", "Täxt", 0.5, -2, 3))
        self.assertEqual(self.read("select key, text, vector from entries join vectors using (id)"),
                         [("k", "Täxt", struct.pack("<3f", 0.5, -2, 3))])

    def test_the_same_key_takes_its_place(self):
        self.five()
        self.assert_done(self.add("a/east", "Now north", 0, 1))
        self.assertEqual(self.read("select count(*) from entries"), [(5,)])
        self.assertEqual(self.read("select count(*) from vectors"), [(5,)])
        self.assertEqual(self.read("select text from entries where key = 'a/east'"), [("Now north",)])
        self.assert_done(self.seek("--n", "1"), "b/far east 1000\n")

    def test_removal(self):
        self.five()
        remove = self.compile("flow main(file: path, keys: str) { index_remove(file, keys) >> print() }\n")
        self.assert_done(self.run_flow(remove, str(self.file), "b/*"), "3\n")
        self.assert_done(self.run_flow(remove, str(self.file), "b/*"), "0\n")
        self.assertEqual(self.read("select count(*) from vectors"), [(2,)])
        self.assert_done(self.seek(), "a/east 1000, a/north 0\n")
        # An index without entries takes vectors of any length.
        self.assert_done(self.run_flow(remove, str(self.file), "*"), "2\n")
        self.assert_done(self.seek(), "\n")
        self.assert_done(self.add("k", "t", 1, 2, 3))

    def test_vectors_of_another_length(self):
        self.five()
        before = self.file.read_bytes()
        self.assert_failed(self.add("k", "t", 1, 2, 3), "PF0912", f"{self.file}: the vector of `k` has 3 "
                           "dimensions, those of the index have 2")
        self.assert_failed(self.seek("--vector=1.0"), "PF0912", f"{self.file}: the vector has 1 dimensions, "
                           "those of the index have 2")
        self.assertEqual(self.file.read_bytes(), before)

    def test_all_or_none(self):
        done = self.flow(FIVE.replace("[9.0, 0.0]", "[9.0]"), str(self.file))
        self.assert_failed(done, "PF0912", "the vector of `b/far east` has 1 dimensions, that of `a/east` "
                           "has 2")
        self.assert_left()

    def test_vectors_without_a_direction(self):
        for vector, says in (((0, 0), "is all zeros, and has no direction"),
                             (("1e300", 1), "holds no number of 32 bits at 0"),
                             (("1e30", 1), "is too long")):
            self.assert_failed(self.add("k", "t", *vector), "PF0912", f"`vector` {says}")
        self.assert_left()
        done = self.flow('flow main() { nearest([], "x") -> matches }\n')
        self.assert_failed(done, "PF0912", "`vector` is empty")


class Files(IndexCase):
    def test_what_is_no_index_stays_as_it_is(self):
        words = b"No index, but more than a hundred bytes of words. " * 100
        self.file.write_bytes(words)
        for done in (self.add("k", "t", 1), self.seek()):
            self.assert_failed(done, "PF0912", f"{self.file}: it is no index")
        self.assertEqual(self.file.read_bytes(), words)
        self.assert_left("own.index")
        self.file.unlink()
        with sqlite3.connect(self.file) as database:
            database.execute("create table goods(name)")
        before = self.file.read_bytes()
        for done in (self.add("k", "t", 1), self.seek()):
            self.assert_failed(done, "PF0912", f"{self.file}: it is no index")
        self.assertEqual(self.file.read_bytes(), before)

    def test_a_file_that_is_not_there(self):
        self.assert_failed(self.seek(), "PF0904", f"{self.file}: no such file")
        self.assert_left()
        self.file = self.work
        self.assert_failed(self.add("k", "t", 1), "PF0904", f"{self.work}: cannot open the index: it is a")

    def test_an_empty_file_becomes_one(self):
        self.file.touch()
        self.assert_failed(self.seek(), "PF0912", f"{self.file}: it is no index")
        self.assert_done(self.add("k", "t", 1, 0))
        self.assert_done(self.seek(), "k 1000\n")

    def test_writers_at_the_same_time(self):
        program = self.compile("""flow main(file: path, name: str) {
  range(0, 40) >> each n with (parallel: 4) {
    index_add(file, "${name}/${n}", "text", [1.0, float(n)])
  }
}
""")
        writers = [self.start(program, str(self.file), name) for name in ("a", "b", "c")]
        for writer in writers:
            self.assert_done(self.communicate(writer))
        self.assertEqual(self.read("select count(*), count(distinct key) from entries"), [(120, 120)])
        self.assertEqual(self.read("select count(*) from vectors"), [(120,)])
        self.assert_left("own.index")

    def test_a_writer_that_holds_it(self):
        self.five()
        holder = sqlite3.connect(self.file, isolation_level=None)
        holder.execute("begin immediate")
        done = self.seek("--n", "1")
        self.assert_done(done, "a/east 1000\n")
        program = self.start(self.compile(ADD, "add"), str(self.file), "k", "t", "1", "0")
        self.assertIsNone(program.poll())
        holder.execute("commit")
        self.assert_done(self.communicate(program))
        holder.close()


if __name__ == "__main__":
    unittest.main()
