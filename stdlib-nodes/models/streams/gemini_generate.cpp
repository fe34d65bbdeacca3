// Events of Gemini's streamGenerateContent: answers of which each holds the next parts.
#include "assembler.h"
#include "folding.h"
#include "stdlib-nodes/models/json_members.h"

namespace pf_models {
namespace {

namespace json = boost::json;

bool is_thought(const json::object& part) {
  const json::value* thought = part.if_contains("thought");
  return thought && thought->is_bool() && thought->get_bool();
}

bool is_text(const json::object& part) {
  const json::value* text = part.if_contains("text");
  return text && text->is_string();
}

/// Whether the piece goes on with the text of the part; a signature ends that.
bool goes_on(const json::object& part, const json::object& piece) {
  return is_text(part) && is_text(piece) && is_thought(part) == is_thought(piece) &&
         !part.contains("thoughtSignature");
}

class GeminiGenerate : public Assembler {
 public:
  void add(json::value&& event, std::string& text) override {
    json::object* chunk = event.if_object();
    if (!chunk) return;
    if (json::value* candidates = chunk->if_contains("candidates")) {
      json::array* list = candidates->if_array();
      json::object* first = list && !list->empty() ? list->front().if_object() : nullptr;
      if (first) add_candidate(*first, text);
      chunk->erase("candidates");
    }
    ended_ |= !text_member(member(&event, "promptFeedback"), "blockReason").empty();
    take_members(body_, *chunk);
  }

  json::value body() override {
    if (has_candidate_) {
      content_["parts"] = std::move(parts_);
      candidate_["content"] = std::move(content_);
      body_["candidates"] = json::array{std::move(candidate_)};
    }
    return std::move(body_);
  }

 private:
  void add_candidate(json::object& candidate, std::string& text) {
    has_candidate_ = true;
    json::value* content = candidate.if_contains("content");
    if (json::object* said = content ? content->if_object() : nullptr) add_content(*said, text);
    candidate.erase("content");
    const json::value* reason = candidate.if_contains("finishReason");
    ended_ |= reason && reason->is_string() && !reason->get_string().empty();
    take_members(candidate_, candidate);
  }

  void add_content(json::object& content, std::string& text) {
    json::value* parts = content.if_contains("parts");
    json::array* list = parts ? parts->if_array() : nullptr;
    for (size_t i = 0; list && i < list->size(); ++i)
      if (json::object* part = (*list)[i].if_object()) add_part(*part, text);
    content.erase("parts");
    take_members(content_, content);
  }

  void add_part(json::object& piece, std::string& text) {
    bool said = is_text(piece);
    if (said && !is_thought(piece)) text += std::string_view(piece["text"].get_string());
    json::object* last = parts_.empty() ? nullptr : parts_.back().if_object();
    if (!last || !goes_on(*last, piece)) {
      parts_.push_back(std::move(piece));
      return;
    }
    grow_text(*last, "text", piece["text"].get_string());
    piece.erase("text");
    take_members(*last, piece);
  }

  json::object body_, candidate_, content_;
  json::array parts_;
  bool has_candidate_ = false;
};

}  // namespace

std::unique_ptr<Assembler> assemble_gemini_generate() { return std::make_unique<GeminiGenerate>(); }

}  // namespace pf_models
