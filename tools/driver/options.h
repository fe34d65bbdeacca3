/// The command line of pflowc.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "support/diagnostics.h"
#include "support/render.h"

namespace pflow {

enum class Command : uint8_t { Compile, Test, Explain, Cache, Help, Version };

/// What a compilation makes.
enum class Emit : uint8_t { Executable, Ast, Ir, Llvm, Asm, Obj, NodeHeader, NodeDocs, Nothing };

enum class ColorChoice : uint8_t { Auto, Always, Never };

struct Options {
  Command command = Command::Compile;
  std::string input;                ///< a file, or `-`
  std::string second_input;         ///< a mistake, but the first one may be the greater
  std::vector<std::string> inputs;  ///< of `test`: files and folders
  bool tests = false;               ///< the executable runs the program's tests
  std::string filter;               ///< of `test`: what the titles hold
  bool allow_net = false;           ///< of `test`: calls may use the network
  std::string junit;                ///< of `test`: where to write the results
  std::string record_mode;          ///< of `test`: what blocks `cassette` record; empty: nothing
  std::string node;                 ///< of `cache clear`: whose results go; empty: all
  std::string older_than;           ///< of `cache clear`: a duration; empty: of any age
  bool json = false;                ///< of `cache`: print JSON
  std::string output;               ///< -o, empty when not given
  std::string explain;
  Emit emit = Emit::Executable;
  unsigned opt_level = 2;
  bool debug_info = false;
  std::string flow;
  std::vector<std::string> passes;  ///< --passes=: just these
  bool passes_given = false;
  std::string print_after;  ///< a pass, or `all`
  bool time = false;
  ErrorFormat error_format = ErrorFormat::Text;
  ColorChoice color = ColorChoice::Auto;
  size_t error_limit = 20;
  WarningPolicy warnings;
  std::vector<std::string> command_line;  ///< the arguments as given
};

/// Reads the arguments after the program's name. What is wrong is reported;
/// the options are filled as far as they can be.
[[nodiscard]] Options parse_options(std::span<const std::string> arguments,
                                    Diagnostics& diagnostics);

/// What `--help` prints.
[[nodiscard]] std::string help_text();

/// The subcommands, as the user writes them.
[[nodiscard]] std::span<const std::string_view> subcommands();

}  // namespace pflow
