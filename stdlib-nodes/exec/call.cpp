#include "call.h"

#include <string.h>

#include "answer.h"
#include "pflow/json.hpp"

namespace pf_exec {
namespace {

struct Kind {
  std::string_view word;
  pf_error_kind kind;
};
constexpr Kind kKinds[] = {
#define PF_ERROR_KIND(NAME, word, number, tries) {#word, PF_E_##NAME},
#include "pflow/tables/error_kinds.def"
};

/// What the flow itself ends with is nobody else's to say.
bool may_be_said(const Kind& kind) {
  return kind.kind != PF_E_CANCELLED && kind.kind != PF_E_INTERNAL;
}

const Kind* find_kind(std::string_view word) {
  for (const Kind& kind : kKinds)
    if (kind.word == word && may_be_said(kind)) return &kind;
  return nullptr;
}

/// The word among these that is spelled nearest, as a help; empty when none is near.
std::string nearest(std::string_view word, const std::vector<pf_str>& candidates) {
  const pf_str text = pflow::literal(word);
  const int64_t found = pf_nearest(&text, candidates.data(), candidates.size());
  if (found < 0) return {};
  return "a similar name exists: `" +
         std::string(pflow::view(candidates[static_cast<size_t>(found)])) + "`";
}

/// An answer that is read, but is none for this node.
pf_status fail_answer(const Call& call, const std::string& command, const std::string& what) {
  return pf_fail(call.call, PF_E_SCHEMA, "the answer of `%s` (`%s`) does not fit: %s",
                 call.node->node, command.c_str(), what.c_str());
}

pf_status end_failed(const Call& call, Answer& answer, const std::string& command) {
  const Kind* kind = find_kind(answer.kind);
  if (kind == nullptr) {
    fail_answer(call, command, "no error has the kind `" + answer.kind + "`");
    std::vector<pf_str> words;
    std::string all = "the kinds are";
    for (const Kind& known : kKinds) {
      if (!may_be_said(known)) continue;
      words.push_back(pflow::literal(known.word));
      all += " `" + std::string(known.word) + '`';
    }
    const std::string near = nearest(answer.kind, words);
    pf_fail_help(call.call, "%s", near.empty() ? all.c_str() : near.c_str());
    return PF_FAILED;
  }
  pf_fail(call.call, kind->kind, "%s", answer.message.c_str());
  pf_fail_data(call.call, answer.data);
  answer.data = {};
  return PF_FAILED;
}

pf_status choose(const Call& call, const std::string& action, const std::string& command) {
  if (action == "default") return PF_DONE;
  std::vector<pf_str> known;
  for (uint32_t i = 0; i < call.node->action_count; ++i) {
    if (action == call.node->actions[i]) {
      pf_choose(call.call, call.node->actions[i]);
      return PF_DONE;
    }
    known.push_back(pflow::literal(call.node->actions[i]));
  }
  fail_answer(call, command, "the node has no action `" + action + "`");
  const std::string near = nearest(action, known);
  if (!near.empty()) pf_fail_help(call.call, "%s", near.c_str());
  return PF_FAILED;
}

pf_status end_answered(const Call& call, const Answer& answer, std::string_view line,
                       const std::string& command) {
  if (answer.has_action && choose(call, answer.action, command) == PF_FAILED) return PF_FAILED;
  std::string problem;
  if (read_output(line, *call.node->output, call.out, &problem)) return PF_DONE;
  return fail_answer(call, command, problem);
}

void end(Call* call, pf_status status) {
  pf_call* of_runtime = call->call;
  of_runtime->state = nullptr;
  delete call;
  pf_complete(of_runtime, status);
}

}  // namespace

std::string request_line(const Call& call) {
  const pflow::Text input(pf_json_text(call.in, call.node->input, 0));
  std::string line =
      "{\"id\":" + std::to_string(call.id) + ",\"node\":\"" + call.node->node + "\",\"input\":";
  line += input.view();
  line += "}\n";
  return line;
}

void complete(Call* call, Answer& answer, std::string_view line, const std::string& command) {
  end(call, answer.failed ? end_failed(*call, answer, command)
                          : end_answered(*call, answer, line, command));
}

void complete_failed(Call* call) { end(call, PF_FAILED); }

pf_status fail_by_process(pf_call* call, const pf_foreign& node, const std::string& command,
                          const std::string& did, const std::string& help) {
  pf_fail(call, PF_E_TOOL, "the process of `%s` (`%s`) %s", node.node, command.c_str(),
          did.c_str());
  if (!help.empty()) pf_fail_help(call, "%s", help.c_str());
  return PF_FAILED;
}

pf_status fail_unknown_node(pf_call* call, const pf_foreign& node, const std::string& command,
                            const std::vector<std::string>& known) {
  std::string all;
  std::vector<pf_str> words;
  for (const std::string& name : known) {
    all += (all.empty() ? "`" : ", `") + name + "`";
    words.push_back(pflow::literal(name));
  }
  std::string help = nearest(node.node, words);
  if (help.empty()) help = "it has " + all;
  fail_by_process(call, node, command, "has no node of this name", help);
  pf_fail_once(call);
  return PF_FAILED;
}

}  // namespace pf_exec
