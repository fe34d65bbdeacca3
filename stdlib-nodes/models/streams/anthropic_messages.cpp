// Events of Anthropic's Messages: blocks that begin, grow and end.
#include <vector>

#include "assembler.h"
#include "folding.h"
#include "stdlib-nodes/models/json_members.h"

namespace pf_models {
namespace {

namespace json = boost::json;

class AnthropicMessages : public Assembler {
 public:
  void add(json::value&& event, std::string& text) override {
    json::object* object = event.if_object();
    if (!object) return;
    std::string_view type = text_member(&event, "type");
    if (type == "message_start") start(*object);
    if (type == "content_block_start") start_block(*object, text);
    if (type == "content_block_delta") grow_block(*object, text);
    if (type == "message_delta") end(*object);
    if (type == "message_stop") complete_now();
  }

  json::value body() override {
    json::array content;
    for (Block& block : blocks_) {
      if (block.value.empty()) continue;
      if (!block.input.empty()) block.value["input"] = input_of(block.input);
      content.push_back(std::move(block.value));
    }
    body_["content"] = std::move(content);
    return std::move(body_);
  }

 private:
  struct Block {
    json::object value;
    std::string input;  ///< of a call, the JSON so far
  };

  /// Cut off, it stays a text, which no reader takes for arguments.
  static json::value input_of(const std::string& text) {
    boost::system::error_code error;
    json::value parsed = json::parse(text, error);
    return error ? json::value(text) : parsed;
  }

  static json::object* object_member(json::object& event, std::string_view name) {
    json::value* found = event.if_contains(name);
    return found ? found->if_object() : nullptr;
  }

  Block* block_of(const json::object& event) {
    int64_t index = index_member(event, "index");
    if (index < 0) return nullptr;
    if (blocks_.size() <= static_cast<size_t>(index))
      blocks_.resize(static_cast<size_t>(index) + 1);
    return &blocks_[static_cast<size_t>(index)];
  }

  void start(json::object& event) {
    if (json::object* message = object_member(event, "message")) take_members(body_, *message);
  }

  void start_block(json::object& event, std::string& text) {
    Block* block = block_of(event);
    json::object* begun = object_member(event, "content_block");
    if (!block || !begun) return;
    block->value = std::move(*begun);
    const json::value* type = block->value.if_contains("type");
    if (type && *type == "text") text += said_in(block->value, "text");
  }

  static std::string_view said_in(const json::object& object, std::string_view name) {
    const json::value* found = object.if_contains(name);
    const json::string* text = found ? found->if_string() : nullptr;
    return text ? std::string_view(*text) : std::string_view();
  }

  void grow_block(json::object& event, std::string& text) {
    Block* block = block_of(event);
    json::object* delta = object_member(event, "delta");
    if (!block || !delta) return;
    std::string_view type = said_in(*delta, "type");
    if (type == "input_json_delta") block->input += said_in(*delta, "partial_json");
    if (type == "thinking_delta") grow_text(block->value, "thinking", said_in(*delta, "thinking"));
    if (type == "signature_delta")
      grow_text(block->value, "signature", said_in(*delta, "signature"));
    if (type == "citations_delta" && delta->contains("citation"))
      array_in(block->value["citations"]).push_back(std::move((*delta)["citation"]));
    if (type != "text_delta") return;
    if (!block->value.contains("type")) block->value["type"] = "text";
    grow_text(block->value, "text", said_in(*delta, "text"));
    text += said_in(*delta, "text");
  }

  /// Counts are of all so far.
  void end(json::object& event) {
    if (json::object* delta = object_member(event, "delta")) {
      ended_ |= !said_in(*delta, "stop_reason").empty();
      take_members(body_, *delta);
    }
    if (json::object* usage = object_member(event, "usage"))
      take_members(object_in(body_["usage"]), *usage);
  }

  json::object body_;
  std::vector<Block> blocks_;
};

}  // namespace

std::unique_ptr<Assembler> assemble_anthropic_messages() {
  return std::make_unique<AnthropicMessages>();
}

}  // namespace pf_models
