# The lit suites. Each test is a program with RUN lines and FileCheck lines in
# its comments; see README.md.
import os
import resource
import sys

import lit.formats

# A test that computes for minutes has hung; every process it starts inherits this.
resource.setrlimit(resource.RLIMIT_CPU, (180, 180))

config.name = "pflow"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".pf", ".pfir", ".test"]
config.excludes = ["Inputs"]
config.test_source_root = os.path.join(config.source_root, "test", "lit")
# With it, executables are run in another way: by_run.sh, by_aarch64.sh.
by = lit_config.params.get("by")
config.test_exec_root = os.path.join(config.build_root, "test", f"lit-by-{by}" if by else "lit")

binaries = os.path.join(config.build_root, "bin")
file_check = lit_config.params.get("file_check")  # scripts/update_checks.py has its own
tools = [binaries, config.llvm_tools, os.environ["PATH"]]
config.environment["PATH"] = os.pathsep.join([file_check, *tools] if file_check else tools)
# Nothing of the machine's own set-up reaches a test.
for name in list(config.environment):
    if name.startswith(("PFLOW_", "OPENAI_")) or name in ("NO_COLOR", "http_proxy", "https_proxy"):
        del config.environment[name]
home = os.path.join(config.test_exec_root, "home")
os.makedirs(home, exist_ok=True)
config.environment["PFLOW_HOME"] = home
# The IR is verified after every pass.
config.environment["PFLOW_VERIFY"] = "1"

pflowc = os.path.join(binaries, "pflowc")
if by:
    config.available_features.add(f"by-{by}")
    pflowc = f"sh {os.path.join(config.test_source_root, f'by_{by}.sh')} {pflowc}"
config.substitutions.append(("%pflowc", pflowc))
config.substitutions.append(("%pflow_build", config.build_root))
config.substitutions.append(("%{python}", sys.executable))
# FileCheck for whole messages, carets included; no other message stands beside them.
config.substitutions.append(
    (
        "%check_text",
        "FileCheck --strict-whitespace --match-full-lines --enable-var-scope"
        " --implicit-check-not='{{.*}}error[PF{{.*}}'"
        " --implicit-check-not='{{.*}}warning[PF{{.*}}'",
    )
)

if config.sanitize:
    config.available_features.add("sanitized")
