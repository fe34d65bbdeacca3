#include "settings.h"

#include <stdlib.h>

#include "foreign.h"
#include "keys.h"
#include "members.h"
#include "pflow/shown_url.hpp"
#include "stdlib-nodes/exec/command.h"

namespace pf_mcp {
namespace {

/// What every server gets of the program's environment; the rest is nobody's business unless the
/// file of the server names it.
constexpr const char* kPassedOn[] = {"HOME",  "LANG", "LC_ALL", "LOGNAME", "PATH",
                                     "SHELL", "TERM", "TMPDIR", "TZ",      "USER"};

/// A text, `{"key": NAME}` or `{"env": NAME}`; a variable that is not set is empty.
Problem read_setting(std::string_view server, const pf_json& value, std::string* out) {
  *out = text_of(&value);
  if (const std::string_view key = text_member(&value, "key"); !key.empty())
    return read_key("the server `" + std::string(server) + "`", key, out);
  if (const std::string_view variable = text_member(&value, "env"); !variable.empty()) {
    const char* found = getenv(std::string(variable).c_str());
    *out = found != nullptr ? found : "";
  }
  return {};
}

Problem read_command(const pf_foreign& node, const pf_json& server, Settings* out) {
  std::vector<pf_str> words{member(&server, "command")->text};
  for (const pf_json& word : items(member(&server, "args"))) words.push_back(word.text);
  pf_foreign command = node;
  command.words = words.data();
  command.word_count = static_cast<uint32_t>(words.size());
  pf_exec::Command found;
  const pf_exec::CommandProblem problem = pf_exec::find_command(command, &found);
  out->words = found.words;
  out->shown = found.shown;
  if (!problem.text.empty()) return {problem.text, problem.help};
  for (const char* name : kPassedOn)
    if (const char* value = getenv(name))
      out->environment.push_back(std::string(name) + '=' + value);
  for (const Member& variable : members(member(&server, "env"))) {
    std::string value;
    Problem wrong = read_setting(out->name, variable.value, &value);
    if (!wrong.text.empty()) return wrong;
    out->environment.push_back(std::string(pflow::view(variable.key)) + '=' + value);
  }
  return {};
}

Problem read_address(const pf_json& server, Settings* out) {
  out->url = text_member(&server, "url");
  const pflow::ShownUrl shown = pflow::shown_url(out->url);
  out->shown = std::string(shown.scheme) + std::string(shown.rest);
  for (const Member& header : members(member(&server, "headers"))) {
    std::string value;
    Problem wrong = read_setting(out->name, header.value, &value);
    if (!wrong.text.empty()) return wrong;
    out->headers.emplace_back(pflow::view(header.key), value);
  }
  const std::string_view key = text_member(&server, "key");
  if (key.empty()) return {};
  std::string token;
  Problem wrong = read_key("the server `" + out->name + "`", key, &token);
  out->headers.emplace_back("Authorization", "Bearer " + token);
  return wrong;
}

}  // namespace

Problem read_settings(const pf_foreign& node, Settings* out) {
  out->name = pflow::view(server_name(node));
  Json server;
  server.read(pflow::view(server_text(node)));
  return member(&server.get(), "url") != nullptr ? read_address(server.get(), out)
                                                 : read_command(node, server.get(), out);
}

}  // namespace pf_mcp
