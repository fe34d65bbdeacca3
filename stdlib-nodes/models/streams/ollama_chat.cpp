// Lines of Ollama's chat: pieces of the message, the last one with the counts.
#include "assembler.h"
#include "folding.h"
#include "stdlib-nodes/models/json_members.h"

namespace pf_models {
namespace {

namespace json = boost::json;

class OllamaChat : public Assembler {
 public:
  void add(json::value&& event, std::string& text) override {
    json::object* line = event.if_object();
    if (!line) return;
    if (json::value* message = line->if_contains("message")) {
      text += text_member(message, "content");
      if (json::object* piece = message->if_object()) add_message(*piece);
      line->erase("message");
    }
    take_members(body_, *line);
    const json::value* done = body_.if_contains("done");
    if (done && done->is_bool() && done->get_bool()) complete_now();
  }

  json::value body() override {
    if (has_message_) body_["message"] = std::move(message_);
    return std::move(body_);
  }

 private:
  void add_message(json::object& piece) {
    has_message_ = true;
    for (std::string_view name : {"content", "thinking"}) {
      json::value* said = piece.if_contains(name);
      if (!said || !said->is_string()) continue;
      grow_text(message_, name, said->get_string());
      piece.erase(name);
    }
    json::value* calls = piece.if_contains("tool_calls");
    if (json::array* list = calls ? calls->if_array() : nullptr) {
      for (json::value& call : *list) array_in(message_["tool_calls"]).push_back(std::move(call));
      piece.erase("tool_calls");
    }
    take_members(message_, piece);
  }

  json::object body_, message_;
  bool has_message_ = false;
};

}  // namespace

std::unique_ptr<Assembler> assemble_ollama_chat() { return std::make_unique<OllamaChat>(); }

}  // namespace pf_models
