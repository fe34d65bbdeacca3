/// Runs pf_main in a process of its own and collects what comes out.
#pragma once

#include <string>
#include <vector>

#include "pflow/abi.h"

struct Outcome {
  int exit_code = -1;  ///< -1 when a signal killed it
  std::string out;
  std::string err;
};

struct RunOptions {
  const char* stdin_text = nullptr;  ///< null: /dev/null
  int signal_after_output = 0;       ///< sent once something came out on standard error
  bool close_stdout = false;         ///< nobody reads standard output
};

Outcome run_program(const pf_program& program, std::vector<std::string> arguments,
                    const RunOptions& options = {});
