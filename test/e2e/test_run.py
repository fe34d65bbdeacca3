"""`pflowc run`: as the compiled executable, from a cache that never gives another program's."""
import functools
import http.server
import json
import os
import pathlib
import pty
import shutil
import signal
import subprocess
import threading

from flow_case import PATIENCE, PFLOWC, FlowCase

HELLO = 'flow main(name: str = "you") { print("hello ${name}") }\n'


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


class RunCase(FlowCase):
    """The cache is believed only of a compiler that is older than a second."""

    def setUp(self):
        super().setUp()
        self.store = self.home / "cache" / "run"

    def write(self, name, text):
        (self.work / name).write_text(text, encoding="utf-8")

    def pf(self, *arguments, **options):
        return self.run_flow(PFLOWC, "run", *arguments, **options)

    def stored(self):
        return sorted(entry.name for entry in self.store.iterdir()) if self.store.exists() else []

    def phases(self, *arguments, **options):
        """How it was started: what `--time` shows."""
        done = self.pf("--time", *arguments, **options)
        self.assertEqual(done.returncode, 0, done.stderr)
        return "stored" if done.stderr.startswith('{"cache":') else "compiled"


class Start(RunCase):
    def test_arguments_behind_the_file_are_the_programs(self):
        self.write("a.pf", HELLO)
        self.assert_done(self.pf("a.pf"), "hello you\n")
        self.assert_done(self.pf("-O0", "--flow", "main", "a.pf", "--name", "me"), "hello me\n")
        self.assertIn("--name", self.pf("a.pf", "--help").stdout)
        self.assertIn("a, built by pflowc", self.pf("a.pf", "--version").stdout)
        self.assert_done(self.pf("--", "a.pf", "--name=x"), "hello x\n")
        self.assertIn("pflowc run [OPTIONS] FILE.pf", self.pf("--help").stdout)
        self.assert_failed(self.pf("a.pf", "--nope"), "PF0901", "unknown option `--nope`", exit_code=2)
        self.assert_failed(self.pf("--junit", "a.pf"), "PF0707", "there is no option `--junit`", exit_code=2)

    def test_a_program_on_the_command_line(self):
        for _ in range(2):
            self.assert_done(self.pf("-e", 'print("a")'), "a\n")
            self.assert_done(self.pf("-e", HELLO, "--name", "me"), "hello me\n")
        self.assert_failed(self.pf("-e", " "), "PF0709", "`-e`: expected a program", exit_code=2)
        self.assert_failed(self.pf("-e"), "PF0708", "`-e` stands without its value", exit_code=2)
        self.assertIn("<command line>:1:7", self.pf("-e", "print(x)").stderr)

    def test_a_program_from_standard_input_finds_nothing_more_there(self):
        program = 'flow main() {\n  ask("?") -> text\n  print("[${text ?? ""}]")\n}\n'
        for _ in range(2):
            self.assert_done(self.pf("-", stdin=program), "[]\n")
        self.assertIn("<stdin>:1:7", self.pf("-", stdin="print(x)").stderr)

    def test_standard_input_is_the_programs(self):
        self.write("a.pf", 'flow main() {\n  ask("?") -> text\n  print("[${text ?? ""}]")\n}\n')
        for _ in range(2):
            self.assert_done(self.pf("a.pf", stdin="said"), "[said]\n")

    def test_a_first_line_for_the_shell(self):
        self.write("a.pf", "#!/usr/bin/env -S pflowc run -O0\n" + HELLO)
        path = self.work / "a.pf"
        path.chmod(0o755)
        tools = {"PATH": f"{pathlib.Path(PFLOWC).parent}:{self.env['PATH']}"}
        for _ in range(2):
            self.assert_done(self.run_flow(path, "--name", "me", env=tools), "hello me\n")

    def test_the_exit_code_and_errors_of_the_flow(self):
        self.write("a.pf", 'flow main() {\n  fail("no", exit_code: 17)\n}\n')
        for _ in range(2):
            done = self.pf("a.pf")
            self.assertEqual(done.returncode, 17)
            self.assertIn("--> a.pf:2:3", done.stderr)

    def test_signals_reach_the_program_itself(self):
        self.write("a.pf", 'flow main() {\n  shell("touch started; exec sleep 1000")\n}\n')
        for _ in range(2):
            process = self.start(PFLOWC, "run", "a.pf")
            self.wait_until((self.work / "started").exists, "the flow to wait")
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=PATIENCE)
            self.assertEqual(process.returncode, 143)
            (self.work / "started").unlink()

    def test_a_reader_that_goes_away(self):
        self.write("a.pf", 'range(1, 1000000) >> each n { print("line ${n}") }\n')
        for _ in range(2):
            process = self.start(PFLOWC, "run", "a.pf")
            process.stdout.readline()
            process.stdout.close()
            self.assertEqual(process.wait(timeout=PATIENCE), 141)
            process.stderr.close()

    def test_a_mistake_is_that_of_check(self):
        self.write("a.pf", "print(nothing)\n")
        for _ in range(2):
            self.assert_failed(self.pf("a.pf"), "PF0201", "unknown name `nothing`")
        self.assertEqual(self.stored(), [])
        self.assert_failed(self.pf("b.pf"), "PF0704", "`b.pf` is neither a command nor a file", exit_code=2)
        self.assert_failed(self.pf("."), "PF0701", "`.` could not be read: Is a directory")
        self.assert_failed(self.pf(), "PF0705", "no program was given", exit_code=2)
        self.write("t.pf", 'test "t" { check(true) }\n')
        self.assertEqual(self.pf("t.pf").returncode, 1)

    def test_an_unreadable_file(self):
        if os.geteuid() == 0:
            self.skipTest("nothing is unreadable for root")
        self.write("a.pf", HELLO)
        (self.work / "a.pf").chmod(0)
        self.assert_failed(self.pf("a.pf"), "PF0701", "`a.pf` could not be read: Permission denied")

    def test_warnings_are_shown_when_it_is_compiled(self):
        self.write("a.pf", 'flow main() {\n  read_file("a.pf") as here\n  print("a")\n}\n')
        self.assertIn("warning[PF0801]", self.pf("a.pf").stderr)
        self.assert_done(self.pf("a.pf"), "a\n")
        self.assertEqual(self.pf("a.pf").stderr, "")
        self.assertEqual(self.pf("-Werror", "a.pf").returncode, 1)


class Stored(RunCase):
    def test_what_is_the_same_is_not_compiled_again(self):
        self.write("a.pf", HELLO)
        self.assertEqual(self.phases("a.pf"), "compiled")
        self.assertEqual(self.phases("a.pf"), "stored")
        self.assertEqual(self.phases("a.pf", "--name", "me"), "stored")
        self.assertEqual(self.phases("-O0", "a.pf"), "compiled")
        self.assertEqual(len(self.stored()), 2)
        self.assertTrue(all(name.startswith("a-") for name in self.stored()))

    def test_a_changed_program(self):
        self.write("a.pf", HELLO)
        self.assertEqual(self.phases("a.pf"), "compiled")
        self.write("a.pf", HELLO.replace("hello", "jello"))
        os.utime(self.work / "a.pf", (1, 1))
        self.assert_done(self.pf("a.pf"), "jello you\n")
        self.write("a.pf", HELLO)
        self.assertEqual(self.phases("a.pf"), "stored")

    def test_a_changed_import(self):
        self.write("a.pf", 'import "b.pf"\nprint(word())\n')
        self.write("b.pf", 'node word() -> str = "one"\n')
        self.assert_done(self.pf("a.pf"), "one\n")
        self.write("b.pf", 'node word() -> str = "two"\n')
        self.assert_done(self.pf("a.pf"), "two\n")
        self.assertEqual(self.phases("a.pf"), "stored")
        (self.work / "b.pf").unlink()
        self.assertEqual(self.pf("a.pf").returncode, 1)

    def test_the_same_text_elsewhere_has_its_own_imports(self):
        for folder in ("one", "two"):
            (self.work / folder).mkdir()
            self.write(f"{folder}/a.pf", 'import "b.pf"\nprint(word())\n')
            self.write(f"{folder}/b.pf", f'node word() -> str = "{folder}"\n')
        for _ in range(2):
            for folder in ("one", "two"):
                self.assert_done(self.pf("a.pf", cwd=self.work / folder), f"{folder}\n")

    def test_another_installation(self):
        self.write("a.pf", HELLO)
        self.assertEqual(self.phases("a.pf"), "compiled")
        prefix = pathlib.Path(PFLOWC).parent.parent
        other = self.folder / "other"
        for part in ("share", "lib"):
            shutil.copytree(prefix / part, other / part)
        for path in other.rglob("*"):
            os.utime(path, (1, 1))
        env = {"PFLOW_LIB": str(other)}
        self.assertEqual(self.phases("a.pf", env=env), "compiled")
        interface = other / "share/pflow/nodes/text/text.pf"
        interface.write_text(interface.read_text() + "\n")
        self.assertEqual(self.phases("a.pf", env=env), "compiled")

    def test_many_at_once(self):
        self.write("a.pf", HELLO)
        results = []
        threads = [threading.Thread(target=lambda: results.append(self.pf("a.pf"))) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for done in results:
            self.assert_done(done, "hello you\n")
        self.assertEqual(len(self.stored()), 1)

    def test_it_is_bounded(self):
        self.write("a.pf", HELLO)
        self.assert_done(self.pf("a.pf"))
        (first,) = self.stored()
        size = (self.store / first).stat().st_size
        os.utime(self.store / first, (1, 1))
        self.write("b.pf", HELLO)
        self.assert_done(self.pf("b.pf", env={"PFLOW_CACHE_SIZE": str(size * 3 // 2)}), "hello you\n")
        (left,) = self.stored()
        self.assertTrue(left.startswith("b-"), left)
        self.write("c.pf", HELLO)
        self.assert_done(self.pf("c.pf", env={"PFLOW_CACHE_SIZE": "0"}), "hello you\n")
        self.assertEqual(self.stored(), [left])

    def test_a_use_is_noted(self):
        self.write("a.pf", HELLO)
        self.assert_done(self.pf("a.pf"))
        (name,) = self.stored()
        os.utime(self.store / name, (1, 1))
        self.assertEqual(self.phases("a.pf"), "stored")
        self.assertGreater((self.store / name).stat().st_mtime, 1)


    def test_cache_show_and_clear_count_them(self):
        self.write("a.pf", HELLO)
        self.assert_done(self.pf("a.pf"))
        size = (self.store / self.stored()[0]).stat().st_size
        cache = lambda *words: self.run_flow(PFLOWC, "cache", *words)
        self.assertIn(f"{self.store}\n         1 programs {size:>13} bytes\n", cache("show").stdout)
        programs = json.loads(cache("show", "--json").stdout)["programs"]
        self.assertEqual(programs, {"path": str(self.store), "entries": 1, "bytes": size})
        self.assert_done(cache("clear", "--node", "llm"), "removed 0 entries\n")
        self.assert_done(cache("clear", "--older-than", "1h"), "removed 0 entries\n")
        os.utime(self.store / self.stored()[0], (1, 1))
        self.assert_done(cache("clear", "--older-than", "1h"), "removed 0 entries\nremoved 1 program\n")
        self.assertEqual(self.stored(), [])
        self.assert_done(self.pf("a.pf"), "hello you\n")
        self.assertEqual(json.loads(cache("clear", "--json").stdout), {"removed": 0, "programs": 1})
        self.assertEqual(self.stored(), [])


class Distrusted(RunCase):
    """What another user could have written is not executed; the program runs all the same."""

    def runs_without_it(self):
        done = self.pf("a.pf")
        self.assert_done(done, "hello you\n")
        self.assertEqual(done.stderr, "")

    def replaced(self):
        """The stored executable, with a program that must not run in its place."""
        self.write("a.pf", HELLO)
        self.assert_done(self.pf("a.pf"))
        (name,) = self.stored()
        path = self.store / name
        end = path.read_bytes()
        self.write("evil.pf", 'print("evil")\n')
        subprocess.run([PFLOWC, "evil.pf", "-o", "evil"], cwd=self.work, check=True)
        evil = (self.work / "evil").read_bytes()
        size = int.from_bytes(end[-16:-8], "little") + 16
        path.write_bytes(evil + end[-size:])
        self.assert_done(self.pf("a.pf"), "evil\n")  # it is what runs, were it trusted
        return path

    def test_a_file_that_others_may_write(self):
        self.replaced().chmod(0o722)
        self.runs_without_it()

    def test_a_folder_that_others_may_write(self):
        self.replaced()
        self.store.chmod(0o777)
        self.runs_without_it()

    def test_a_link(self):
        path = self.replaced()
        path.rename(self.folder / "elsewhere")
        path.symlink_to(self.folder / "elsewhere")
        self.runs_without_it()

    def test_a_file_of_another_user(self):
        if os.geteuid() != 0:
            self.skipTest("only root gives files away")
        os.chown(self.replaced(), 12345, -1)
        self.runs_without_it()

    def test_a_folder_of_another_user(self):
        if os.geteuid() != 0:
            self.skipTest("only root gives folders away")
        self.replaced()
        os.chown(self.store, 12345, -1)
        self.runs_without_it()

    def test_a_broken_file(self):
        path = self.replaced()
        for text in (b"", b"x" * 100, path.read_bytes()[:-3], b"\x7fELF" + path.read_bytes()[-4000:]):
            path.write_bytes(text)
            self.runs_without_it()

    def test_a_folder_that_cannot_be_made(self):
        self.write("a.pf", HELLO)
        (self.home / "cache").write_text("a file")
        self.runs_without_it()
        shutil.rmtree(self.home)
        self.home.write_text("a file")
        self.runs_without_it()

    def test_no_home(self):
        self.write("a.pf", HELLO)
        del self.env["PFLOW_HOME"]
        self.runs_without_it()

    def test_no_folder_for_temporary_files(self):
        self.write("a.pf", HELLO)
        self.assert_done(self.pf("a.pf", env={"TMPDIR": "/nowhere"}), "hello you\n")
        self.assert_left("a.pf")

    def test_nothing_is_left_of_temporary_files(self):
        self.write("a.pf", HELLO)
        scratch = self.folder / "tmp"
        scratch.mkdir()
        self.assert_done(self.pf("a.pf", env={"TMPDIR": str(scratch)}), "hello you\n")
        self.assert_left(folder=scratch)


class Remote(RunCase):
    """A program of another machine runs when that is allowed and agreed to."""

    def setUp(self):
        super().setUp()
        site = self.folder / "site"
        site.mkdir()
        self.page = site / "a.pf"
        self.page.write_text(HELLO + "# \x1b[2J\u202e\n")
        handler = functools.partial(Quiet, directory=str(site))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        self.addCleanup(thread.join)
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        self.url = f"http://127.0.0.1:{server.server_address[1]}/a.pf"

    def at_terminal(self, answer, *arguments):
        """What is shown at a terminal where the answer is typed, and how it ends."""
        pid, terminal = pty.fork()
        if pid == 0:
            os.chdir(self.work)
            os.execve(PFLOWC, [PFLOWC, "run", *arguments], self.env)
        shown = b""
        try:
            while piece := os.read(terminal, 4096):
                shown += piece
                if answer and shown.endswith(b"[y/N] "):
                    os.write(terminal, answer)
                    answer = b""
        except OSError:  # its other end is closed
            pass
        os.close(terminal)
        return shown.decode(), os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])

    def test_it_is_not_fetched_by_itself(self):
        self.assert_failed(self.pf(self.url), "PF0725", f"`{self.url}` is a program of another machine: "
                           "it is not fetched by itself")

    def test_where_nobody_can_be_asked(self):
        done = self.pf("--allow-remote", self.url, start_new_session=True)
        self.assert_failed(done, "PF0725", f"`{self.url}` is a program of another machine: nobody can be asked")
        for _ in range(2):
            self.assert_done(self.pf("--allow-remote", "--yes", self.url, "--name", "me",
                                     start_new_session=True), "hello me\n")
        self.page.write_text(HELLO.replace("hello", "changed"))
        self.assert_done(self.pf("--allow-remote", "--yes", self.url, start_new_session=True), "changed you\n")

    def test_it_is_shown_and_asked_for_until_it_ran(self):
        shown, code = self.at_terminal(b"n\n", "--allow-remote", self.url)
        self.assertEqual(code, 1)
        self.assertIn('print("hello ${name}")', shown)
        self.assertIn("it is not run", shown)
        asked = shown.partition("[y/N]")[0]
        self.assertNotIn("\x1b", asked)
        self.assertNotIn("\u202e", asked)
        shown, code = self.at_terminal(b"y\n", "--allow-remote", self.url)
        self.assertEqual(code, 0)
        self.assertIn("hello you", shown)
        shown, code = self.at_terminal(b"", "--allow-remote", self.url, "--name", "me")
        self.assertEqual((shown, code), ("hello me\r\n", 0))
        self.page.write_text(HELLO.replace("hello", "changed"))
        shown, code = self.at_terminal(b"\n", "--allow-remote", self.url)
        self.assertEqual(code, 1)
        self.assertIn("changed", shown)

    def test_what_is_not_there(self):
        done = self.pf("--allow-remote", "--yes", self.url + "x")
        self.assert_failed(done, "PF0725", f"`{self.url}x` is a program of another machine: ")
        self.assertIn("404", done.stderr)

    def test_variables_of_flows_are_not_those_of_fetching(self):
        record = str(self.work / "record.yaml")
        self.assert_done(self.pf("--allow-remote", "--yes", self.url, env={"PFLOW_RECORD": record}), "hello you\n")
        self.assertFalse(pathlib.Path(record).exists() and "127.0.0.1" in pathlib.Path(record).read_text())


class Mounted(RunCase):
    """File systems of the test's own, in a namespace that goes with it."""

    def in_namespace(self, mount, expected="hello you\n"):
        if subprocess.run(["unshare", "-m", "true"], capture_output=True).returncode != 0:
            self.skipTest("no namespaces here")
        self.write("a.pf", HELLO)
        self.store.mkdir(parents=True)
        script = f'{mount} && "{PFLOWC}" run a.pf && "{PFLOWC}" run a.pf'
        done = subprocess.run(["unshare", "-m", "sh", "-c", script], cwd=self.work, env=self.env,
                              capture_output=True, text=True, timeout=PATIENCE)
        self.assert_done(done, expected * 2)
        self.assertEqual(done.stderr, "")

    def test_where_nothing_is_executed(self):
        self.in_namespace(f'mount -t tmpfs -o noexec,mode=700 none "{self.store}"')

    def test_where_nothing_is_executed_not_even_temporary_files(self):
        self.env["TMPDIR"] = str(self.folder / "tmp")
        (self.folder / "tmp").mkdir()
        self.in_namespace(f'mount -t tmpfs -o noexec,mode=700 none "{self.store}" && '
                          f'mount -t tmpfs -o noexec none "{self.folder / "tmp"}"')

    def test_a_full_disk(self):
        self.in_namespace(f'mount -t tmpfs -o size=16k,mode=700 none "{self.store}"')

    def test_a_disk_that_is_only_read(self):
        self.in_namespace(f'mount -t tmpfs -o ro none "{self.store}"')
