// llm: a question to a model of a provider, or to the built-in model `echo`; its answer
// as text or, with `schema`, as a value of that type.
#include <algorithm>
#include <cmath>
#include <string>

#include "asked_model.h"
#include "attachments/attachment_record.h"
#include "conversation.h"
#include "correction.h"
#include "dialogue.h"
#include "live_site.h"
#include "models.pf.hpp"
#include "pflow/batch.h"
#include "pflow/node.hpp"
#include "schema.h"
#include "stdlib-nodes/models/choice/provider.h"
#include "streams/streamed_question.h"

namespace {

using pflow::view;

/// The final user message: a piped input, a blank line, the prompt.
std::string user_prompt(const llm_in& in) {
  std::string prompt;
  if (in.input.has) prompt.append(view(in.input.value)).append("\n\n");
  return prompt.append(view(in.prompt));
}

bool check_least(pf_call* call, const char* port, int64_t value, int64_t least) {
  if (value >= least) return true;
  pf_fail(call, PF_E_VALUE, "`%s` is %lld; expected %lld or more", port,
          static_cast<long long>(value), static_cast<long long>(least));
  return false;
}

/// No two tools have one name, by which a model calls them.
bool check_tools(pf_call* call, const llm_in* in) {
  pf_models::ToolBox box{in->tools};
  for (const pf_tool* tool : pflow::Elements<const pf_tool*>(in->tools)) {
    if (pf_models::find_tool(box, tool->name) == tool) continue;
    pf_fail(call, PF_E_VALUE, "two of `tools` are called `%s`", tool->name);
    return false;
  }
  return true;
}

/// Whether a call of a tool can be approved by it: it takes `name` and `arguments`, what else it
/// takes has a default, and its first result is a `bool`.
bool check_approval(pf_call* call, const llm_in* in) {
  if (!in->approve.has) return true;
  const pf_tool& tool = *in->approve.value;
  std::string problem;
  for (uint32_t i = 0; i < tool.input->count && problem.empty(); ++i) {
    const pf_field& field = tool.input->fields[i];
    std::string_view name = field.name;
    if (name == "name" && field.type->kind == PF_STR) continue;
    if (name == "arguments" && field.type->kind == PF_JSON) continue;
    if (name == "name" || name == "arguments" || !field.default_value)
      problem = "its port `" + std::string(name) + "` is a `" + field.type->name +
                "`; it gets `name: str` and `arguments: json`";
  }
  if (problem.empty() &&
      (tool.flow->result_count == 0 || tool.flow->results[0].type->kind != PF_BOOL))
    problem = "its result is no `bool`";
  if (problem.empty()) return true;
  pflow::fail(call, PF_E_CONFIG, std::string("`") + tool.name + "` cannot approve: " + problem);
  return false;
}

/// Values that no request can hold.
bool check_values(pf_call* call, const llm_in* in) {
  if (in->temperature.has && !std::isfinite(in->temperature.value)) {
    pf_fail(call, PF_E_VALUE, "`temperature` is %g; expected a number", in->temperature.value);
    return false;
  }
  if (in->first_token.has && in->first_token.value <= 0) {
    pflow::fail(
        call, PF_E_VALUE,
        "`first_token` is " + pf_models::shown_duration(in->first_token.value) + "; expected more");
    return false;
  }
  return (!in->max_tokens.has || check_least(call, "max_tokens", in->max_tokens.value, 1)) &&
         check_least(call, "max_rounds", in->max_rounds, 0) &&
         check_least(call, "max_calls", in->max_calls, 0) && check_tools(call, in) &&
         check_approval(call, in);
}

/// The name of this call's model; empty after the call was failed.
std::string default_or_named(pf_call* call, const llm_in* in) {
  if (in->model.has) {
    if (in->model.value.len == 0) pf_fail(call, PF_E_VALUE, "`model` is empty");
    return std::string(view(in->model.value));
  }
  if (const char* model = pf_default_model()) return model;
  pf_fail(call, PF_E_CONFIG, "%s", pf_models::kNoModel);
  pf_fail_help(call, "%s", pf_models::kNoModelHelp);
  return "";
}

bool add_attachments(pf_call* call, const llm_in* in, pf_models::Message& asked) {
  for (const Attachment& attachment : pflow::Elements<Attachment>(in->attachments)) {
    size_t at = asked.attachments.size();
    std::string problem = pf_models::read_attachment(attachment, asked.attachments);
    if (problem.empty()) continue;
    pflow::fail(call, PF_E_VALUE, "`attachments[" + std::to_string(at) + "]` " + problem);
    pf_fail_help(call, "`attach` makes attachments");
    return false;
  }
  return true;
}

/// The conversation, and the prompt as its last message; false after the call was failed.
bool add_messages(pf_call* call, pf_models::Asking& asking) {
  const llm_in* in = asking.in;
  std::vector<pf_models::Message>& messages = asking.request.messages;
  if (!pf_models::read_conversation(call, in->messages, messages)) return false;
  asking.given = messages.size();
  pf_models::Message asked{.text = user_prompt(*in)};
  if (!add_attachments(call, in, asked)) return false;
  if (!asked.text.empty() || !asked.attachments.empty() || messages.empty())
    messages.push_back(std::move(asked));
  asking.asked = messages.size();
  return true;
}

/// What does not depend on the model.
void fill_request(pf_models::Asking& asking) {
  const llm_in* in = asking.in;
  pf_models::ModelRequest& request = asking.request;
  if (in->type_T->kind != PF_STR) asking.shape = pf_models::answer_shape(*in->type_T);
  asking.tools = {in->tools, in->approve.has ? in->approve.value : nullptr};
  for (const pf_tool* tool : pflow::Elements<const pf_tool*>(in->tools))
    if (std::ranges::find(request.tools, tool->name, &pf_models::ToolSpec::name) ==
        request.tools.end())
      request.tools.push_back({tool->name, tool->doc, pf_models::input_shape(*tool)});
  for (const pf_str& other : pflow::Elements<pf_str>(in->fallback_models))
    asking.others.emplace_back(view(other));
}

void add_correction(const pf_call* call, pf_models::Asking& asking) {
  for (pf_models::Message& message : pf_models::correction(call)) {
    asking.request.messages.push_back(std::move(message));
    ++asking.corrections;
  }
}

}  // namespace

bool pf_models::prepare_scripted(pf_call* call, Asking& asking) {
  asking.model.id = "stub";
  if (check_values(call, asking.in) && add_messages(call, asking)) return true;
  pf_fail_once(call);
  return false;
}

bool pf_models::prepare(pf_call* call, Asking& asking) {
  std::string name;
  if (check_values(call, asking.in)) name = default_or_named(call, asking.in);
  if (name.empty() || !add_messages(call, asking)) {
    pf_fail_once(call);  // it would fail so again
    return false;
  }
  fill_request(asking);
  add_correction(call, asking);
  return choose_model(call, asking, name);
}

pf_status pfn_models_llm_scripted(pf_call* call, const llm_scripted_in* in, llm_out* out) {
  pf_models::Asking asking{.in = &in->call, .out = out};
  if (!pf_models::prepare_scripted(call, asking)) return PF_FAILED;
  return pf_models::conclude(call, asking,
                             pf_models::Answer{.text = std::string(view(in->answer))});
}

pf_status pfn_models_llm(pf_call* call, const llm_in* in, llm_out* out) {
  pf_models::Asking asking{.in = in, .out = out};
  bool text = pf_models::text_output(asking);
  asking.batched = pf_gathers(call);
  asking.live = !asking.batched && (in->live || (text && pf_models::is_live_site(call->site)));
  asking.streamed = !asking.batched && (asking.live || in->first_token.has);
  if (!pf_models::prepare(call, asking)) return PF_FAILED;
  return pf_models::begin_dialogue(call, std::move(asking));
}
