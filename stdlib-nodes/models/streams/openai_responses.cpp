// Events of OpenAI's Responses: the last one holds the whole response.
#include "assembler.h"
#include "folding.h"
#include "stdlib-nodes/models/json_members.h"

namespace pf_models {
namespace {

namespace json = boost::json;

class OpenAiResponses : public Assembler {
 public:
  void add(json::value&& event, std::string& text) override {
    json::object* object = event.if_object();
    if (!object) return;
    std::string_view type = text_member(&event, "type");
    if (type == "response.output_text.delta") text += text_member(&event, "delta");
    if (type == "response.output_item.done") add_item(*object);
    json::value* response = object->if_contains("response");
    if (!response || !response->is_object()) return;
    if (type == "response.completed" || type == "response.incomplete" || type == "response.failed")
      complete_now();
    take_members(body_, response->get_object());
  }

  json::value body() override {
    // Some servers end with a response that repeats no item.
    json::array& output = array_in(body_["output"]);
    if (output.empty()) output = std::move(items_);
    return std::move(body_);
  }

 private:
  void add_item(json::object& event) {
    json::value* item = event.if_contains("item");
    int64_t index = index_member(event, "output_index");
    if (!item || !item->is_object()) return;
    if (index < 0) index = static_cast<int64_t>(items_.size());
    if (items_.size() <= static_cast<size_t>(index)) items_.resize(static_cast<size_t>(index) + 1);
    items_[static_cast<size_t>(index)] = std::move(*item);
  }

  json::object body_;
  json::array items_;
};

}  // namespace

std::unique_ptr<Assembler> assemble_openai_responses() {
  return std::make_unique<OpenAiResponses>();
}

}  // namespace pf_models
