// Chunks of OpenAI's chat completions: `delta`s that grow to the `message`.
#include <algorithm>
#include <array>

#include "assembler.h"
#include "folding.h"
#include "stdlib-nodes/models/json_members.h"

namespace pf_models {
namespace {

namespace json = boost::json;

/// What servers repeat in each delta; all other texts grow.
bool is_said_once(std::string_view name) {
  constexpr std::array<std::string_view, 6> kOnce = {"id",   "type",  "role",
                                                     "name", "index", "format"};
  return std::ranges::find(kOnce, name) != kOnce.end();
}

void merge(json::value& into, std::string_view name, json::value& from);

/// The element that a piece belongs to: of the same `index`, where it says one; else of the same
/// `id`; else, of calls, the last.
json::value& element_for(json::array& list, const json::object& piece, bool calls) {
  const json::value* index = piece.if_contains("index");
  const json::value* id = piece.if_contains("id");
  const json::value* key = index && index->is_number() ? index : id;
  if (!key || key->is_null())
    return calls && !list.empty() ? list.back() : list.emplace_back(json::object());
  std::string_view name = key == index ? "index" : "id";
  for (json::value& known : list)
    if (const json::value* its = member(&known, name); its && *its == *key) return known;
  return list.emplace_back(json::object());
}

void merge_list(json::array& into, std::string_view name, json::array& from) {
  for (json::value& piece : from) {
    if (const json::object* object = piece.if_object())
      merge(element_for(into, *object, name == "tool_calls"), "", piece);
    else
      into.push_back(std::move(piece));
  }
}

void merge_text(json::value& into, std::string_view name, const json::string& piece) {
  json::string& text = into.get_string();
  if (is_said_once(name)) {
    if (!piece.empty()) text = piece;
    return;
  }
  // Some begin with the arguments of a call that has none.
  if (name == "arguments" && text == "{}" && !piece.empty()) text.clear();
  text.append(piece);
}

/// Some servers send a text now as itself, now as a list of parts.
void make_parts(json::value& content) {
  if (!content.is_string()) return;
  json::value text = std::move(content);
  content = json::array();
  if (!text.get_string().empty())
    content.get_array().push_back({{"type", "text"}, {"text", std::move(text)}});
}

void merge(json::value& into, std::string_view name, json::value& from) {
  if (from.is_null()) return;
  if (name == "content" && into.is_array() != from.is_array()) {
    make_parts(into);
    make_parts(from);
  }
  if (into.is_object() && from.is_object()) {
    for (json::key_value_pair& member : from.get_object()) {
      json::value& its = into.get_object()[member.key()];
      merge(its, member.key(), member.value());
    }
  } else if (from.is_array() && (into.is_array() || into.is_null())) {
    merge_list(array_in(into), name, from.get_array());
  } else if (into.is_string() && from.is_string()) {
    merge_text(into, name, from.get_string());
  } else {
    into = std::move(from);
  }
}

/// The text of a content: a text, or parts of which the texts count.
void add_text(const json::value* content, std::string& text) {
  if (!content) return;
  if (const json::string* said = content->if_string()) text += std::string_view(*said);
  const json::array* parts = content->if_array();
  for (size_t i = 0; parts && i < parts->size(); ++i) text += text_member(&(*parts)[i], "text");
}

class OpenAiChat : public Assembler {
 public:
  void add(json::value&& event, std::string& text) override {
    json::object* chunk = event.if_object();
    if (!chunk) return;
    if (json::value* choices = chunk->if_contains("choices")) {
      if (json::array* list = choices->if_array()) add_choices(*list, text);
      chunk->erase("choices");
    }
    take_members(body_, *chunk);
  }

  json::value body() override {
    body_["object"] = "chat.completion";
    for (json::value& choice : choices_) complete_calls(choice);
    body_["choices"] = std::move(choices_);
    return std::move(body_);
  }

 private:
  void add_choices(json::array& list, std::string& text) {
    for (json::value& piece : list) {
      json::object* choice = piece.if_object();
      if (!choice) continue;
      if (json::value* delta = choice->if_contains("delta")) {
        if (index_member(*choice, "index") <= 0) add_text(member(delta, "content"), text);
        json::value said = std::move(*delta);
        choice->erase("delta");
        if (said.is_object() && !choice->contains("message"))
          (*choice)["message"] = std::move(said);
      }
      const json::value* finish = choice->if_contains("finish_reason");
      ended_ |= finish && finish->is_string() && !finish->get_string().empty();
      add_choice(*choice);
    }
  }

  void add_choice(json::object& piece) {
    json::object& choice = object_in(element_for(choices_, piece, true));
    for (std::string_view name : {"message", "logprobs"}) {
      json::value* grown = piece.if_contains(name);
      if (!grown) continue;
      json::value& into = choice[name];
      if (grown->is_object()) object_in(into);
      merge(into, name, *grown);
      piece.erase(name);
    }
    take_members(choice, piece);
  }

  /// A call without arguments has none to read.
  static void complete_calls(json::value& choice) {
    json::value* message = object_in(choice).if_contains("message");
    json::value* calls =
        message && message->is_object() ? message->get_object().if_contains("tool_calls") : nullptr;
    if (!calls || !calls->is_array()) return;
    for (json::value& call : calls->get_array()) {
      json::value& arguments = object_in(object_in(call)["function"])["arguments"];
      if (arguments.is_null() || (arguments.is_string() && arguments.get_string().empty()))
        arguments = "{}";
      object_in(call).erase("index");
    }
  }

  json::object body_;
  json::array choices_;
};

}  // namespace

std::unique_ptr<Assembler> assemble_openai_chat() { return std::make_unique<OpenAiChat>(); }

}  // namespace pf_models
