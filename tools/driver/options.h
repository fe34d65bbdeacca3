/// What a command line of pflowc says.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "codegen/target.h"
#include "support/diagnostics.h"
#include "support/render.h"
#include "tools/driver/mcp/request.h"
#include "tools/driver/openapi/request.h"
#include "tools/driver/question/question.h"

namespace pflow {

struct Command;

/// What a compilation makes.
enum class Emit : uint8_t { Executable, Ast, Ir, Llvm, Asm, Obj, NodeHeader, Graph, Plan, Nothing };

/// How a picture is written.
enum class GraphForm : uint8_t { Dot, Mermaid, Json, Html, Svg };

enum class ColorChoice : uint8_t { Auto, Always, Never };

/// A program that stands in no file.
struct ProgramText {
  std::string text;
  std::string name = "<command line>";
  bool places = true;  ///< failures say where in the text they happened
};

struct Options {
  const Command* command = nullptr;
  std::vector<std::string> words;  ///< that are no options, behind the name of the command
  std::string input;               ///< the first of them: a file, `-`, or an action
  bool help = false;
  bool version = false;

  bool allow_remote = false;         ///< of `run`: a program may come from another machine
  bool yes = false;                  ///< of `run`: and is run without a question
  bool tests = false;                ///< the executable runs the program's tests
  std::string filter;                ///< of `test`: what the titles hold
  bool allow_net = false;            ///< of `test`: calls may use the network
  std::string junit;                 ///< of `test`: where to write the results
  std::string record_mode;           ///< of `test`: what blocks `cassette` record; empty: nothing
  std::string node;                  ///< of `cache clear`: whose results go; empty: all
  std::string older_than;            ///< of `cache clear`: a duration; empty: of any age
  bool manual = false;               ///< of `help`
  bool json = false;                 ///< print JSON
  bool check = false;                ///< of `fmt`: name what would change
  bool diff = false;                 ///< show what would change
  bool remove = false;               ///< of `models options`
  std::optional<std::string> value;  ///< of `keys set`
  size_t count = 3;                  ///< of `logs`; 0: all
  std::string model;                 ///< of `logs`, `llm` and `chat`
  std::string schema_from;           ///< a file with a JSON Schema, whose types are printed
  question::Question question;       ///< of `llm` and `chat`
  mcp::Request mcp;                  ///< of `mcp`
  openapi::Request openapi;          ///< of `openapi`
  std::string query;                 ///< of `logs`
  std::string helper;                ///< of `nodes`: a language
  std::string search;                ///< of `nodes`: words
  uint16_t port = 0;                 ///< of `play`; 0: a free one
  bool no_open = false;              ///< of `play`: no browser is opened

  std::string output;  ///< -o, empty when not given
  bool explains = false;
  std::string explain;
  Emit emit = Emit::Executable;
  GraphForm graph = GraphForm::Dot;  ///< of `--emit-graph`
  unsigned opt_level = 2;
  bool starts = false;  ///< what is made is started at once
  bool debug_info = false;
  codegen::Target target = codegen::targets().front();
  bool is_static = false;                 ///< the C library is in the executable
  bool shared_curl = false;               ///< libcurl is that of the machine
  std::vector<std::string> parts;         ///< `--with`: what is linked besides
  std::vector<std::string> package_path;  ///< `--package-path`
  bool all_of_packages = false;           ///< link all nodes of the packages that are imported
  std::string language;                   ///< of `packages new`
  std::string sysroot;                    ///< of `packages build`: the libraries of the target
  std::string flow;
  std::vector<std::string> passes;  ///< --passes=: just these
  bool passes_given = false;
  std::string print_after;  ///< a pass, or `all`
  bool time = false;
  ErrorFormat error_format = ErrorFormat::Text;
  ColorChoice color = ColorChoice::Auto;
  size_t error_limit = 20;
  std::vector<std::string> warning_words;  ///< behind each `-W`
  WarningPolicy warnings;
  std::vector<std::string> command_line;  ///< the arguments as given
  std::vector<std::string> own;           ///< of them what the command itself takes
  std::vector<std::string> passed_on;     ///< and what stands behind that
  std::optional<ProgramText> code;        ///< a program instead of a file

  /// Empty when there are fewer words.
  [[nodiscard]] std::string word(size_t index) const {
    return index < words.size() ? words[index] : std::string();
  }
};

}  // namespace pflow
