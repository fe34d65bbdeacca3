// Events of Gemini's Interactions: steps that begin, grow and end.
#include <vector>

#include "assembler.h"
#include "folding.h"
#include "stdlib-nodes/models/json_members.h"

namespace pf_models {
namespace {

namespace json = boost::json;

class GeminiInteractions : public Assembler {
 public:
  void add(json::value&& event, std::string& text) override {
    json::object* object = event.if_object();
    if (!object) return;
    std::string_view type = text_member(&event, "event_type");
    if (type == "step.start") start_step(*object, text);
    if (type == "step.delta") grow_step(*object, text);
    json::value* interaction = object->if_contains("interaction");
    if (!interaction || !interaction->is_object()) return;
    take_members(body_, interaction->get_object());
    if (type == "interaction.completed") complete_now();
  }

  json::value body() override {
    // The last event may repeat the steps.
    json::array& steps = array_in(body_["steps"]);
    if (steps.empty())
      for (Step& step : steps_) {
        if (step.value.empty()) continue;
        if (!step.arguments.empty()) step.value["arguments"] = value_of(step.arguments);
        steps.push_back(std::move(step.value));
      }
    return std::move(body_);
  }

 private:
  struct Step {
    json::object value;
    std::string arguments;  ///< of a call, the JSON so far
  };

  Step* step_of(const json::object& event) {
    int64_t index = index_member(event, "index");
    if (index < 0) return nullptr;
    if (steps_.size() <= static_cast<size_t>(index)) steps_.resize(static_cast<size_t>(index) + 1);
    return &steps_[static_cast<size_t>(index)];
  }

  void start_step(json::object& event, std::string& text) {
    Step* step = step_of(event);
    json::value* begun = event.if_contains("step");
    if (!step || !begun || !begun->is_object()) return;
    step->value = std::move(begun->get_object());
    const json::value* type = step->value.if_contains("type");
    json::value* content = step->value.if_contains("content");
    if (!type || *type != "model_output" || !content || !content->is_array()) return;
    for (const json::value& part : content->get_array()) text += text_member(&part, "text");
  }

  void grow_step(json::object& event, std::string& text) {
    Step* step = step_of(event);
    json::value* delta = event.if_contains("delta");
    if (!step || !delta) return;
    std::string_view type = text_member(delta, "type");
    if (type == "text") grow_output(step->value, text_member(delta, "text"), text);
    if (type == "arguments_delta" || type == "arguments")
      step->arguments += text_member(delta, "arguments");
    if (type == "thought_signature")
      grow_text(step->value, "signature", text_member(delta, "signature"));
    json::object& members = object_in(*delta);
    if (type == "thought_summary" && members.contains("content"))
      array_in(step->value["summary"]).push_back(std::move(members["content"]));
  }

  static void grow_output(json::object& step, std::string_view piece, std::string& text) {
    if (!step.contains("type")) step["type"] = "model_output";
    json::array& content = array_in(step["content"]);
    if (content.empty() || text_member(&content.back(), "type") != "text")
      content.push_back({{"type", "text"}, {"text", ""}});
    grow_text(object_in(content.back()), "text", piece);
    text += piece;
  }

  json::object body_;
  std::vector<Step> steps_;
};

}  // namespace

std::unique_ptr<Assembler> assemble_gemini_interactions() {
  return std::make_unique<GeminiInteractions>();
}

}  // namespace pf_models
