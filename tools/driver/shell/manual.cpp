#include "tools/driver/shell/manual.h"

#include <fmt/format.h>

#include "tools/driver/commands/commands.h"
#include "tools/driver/shell/completions.h"

namespace pflow::shell {
namespace {

/// Text of a page: a dash is a dash, and a line does not begin with a control character.
std::string text_of(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else if ((c == '.' || c == '\'') && (out.empty() || out.back() == '\n'))
      out += std::string("\\&") + c;
    else
      out += c;
  }
  return out;
}

void add_options(std::string& out, const Command& command) {
  for (const Completed& option : completed_options(command)) {
    out += ".TP\n";
    std::string names;
    for (std::string_view spelling : option.spellings)
      names += fmt::format("{}\\fB{}\\fR", names.empty() ? "" : ", ", text_of(spelling));
    if (!option.value.empty()) names += fmt::format(" \\fI{}\\fR", text_of(option.value));
    out += fmt::format("{}\n{}\n", names, text_of(option.help));
  }
}

void add_usage(std::string& out, const Command& command) {
  std::string_view usage = command.usage;
  while (!usage.empty()) {
    size_t end = std::min(usage.find('\n'), usage.size());
    out += fmt::format(".B pflowc {}\n{}\n.br\n", command.name, text_of(usage.substr(0, end)));
    usage.remove_prefix(std::min(end + 1, usage.size()));
  }
}

constexpr std::string_view kBegin = R"(.TH PFLOWC 1 "" "pflowc {0}"
.SH NAME
pflowc \- compile flow programs to native executables
.SH SYNOPSIS
.B pflowc
\fIFILE.pf\fR [\fB\-o\fR \fIOUT\fR]
.br
.B pflowc
\fICOMMAND\fR [\fIARGUMENTS\fR]
.SH DESCRIPTION
A flow program chains files, commands, requests and questions to language models.
pflowc checks it before anything runs and makes an executable of it.
)";

constexpr std::string_view kEnd = R"(.SH EXIT STATUS
.TP
0
done
.TP
1
there are errors in the program
.TP
2
the command line is wrong
.TP
70
a bug of pflowc
.SH ENVIRONMENT
.TP
.B PFLOW_HOME
where keys, aliases, logs and caches are, by default \fI$XDG_CONFIG_HOME/pflow\fR, else \fI~/.config/pflow\fR
.TP
.B PFLOW_LIB
where the parts of pflowc are that executables are made of
.SH SEE ALSO
.B pflowc help
.IR COMMAND ,
.B pflowc explain
.I CODE
)";

}  // namespace

std::string manual_page() {
  std::string out = fmt::format(kBegin, PFLOW_VERSION);
  out += ".SH OPTIONS OF COMPILING\n";
  add_options(out, kCompileCommand);
  out += ".SH COMMANDS\n";
  for (const Command* command : commands()) {
    out += fmt::format(".SS {}\n{}.\n.PP\n", command->name, text_of(command->summary));
    add_usage(out, *command);
    add_options(out, *command);
  }
  return out + std::string(kEnd);
}

}  // namespace pflow::shell
