/// Any bytes as the stream of an answer. The first byte says of which API and how the rest is cut;
/// what is read of it does not depend on the cuts, and is text.
#include <algorithm>
#include <deque>
#include <vector>

#include "stdlib-nodes/models/streams/list_items.h"
#include "stdlib-nodes/models/streams/streamed_body.h"
#include "stdlib-nodes/models/typed_answer.h"
#include "test/fuzz/must.h"

using fuzz::must;

namespace {

constexpr const pf_models::WireForm* kWires[] = {
    &pf_models::kOpenAiChat,     &pf_models::kOpenAiResponses, &pf_models::kAnthropicMessages,
    &pf_models::kGeminiGenerate, &pf_models::kOllamaChat,      &pf_models::kGeminiInteractions};

bool is_text(std::string_view text) {
  return pf_utf8_valid_prefix(text.data(), text.size()) == text.size();
}

struct Read {
  std::vector<std::string> pieces;
  std::string answer;  ///< its text and ending, or why there is none

  bool operator==(const Read&) const = default;
};

/// The pieces and the answer of bytes that come so many at a time.
Read read(const pf_models::WireForm& wire, std::string_view bytes, size_t step) {
  pf_models::StreamedBody body(wire);
  Read made;
  for (size_t at = 0; at < bytes.size(); at += step) {
    body.add(bytes.substr(at, step), made.pieces);
    must(!body.complete() || body.ended(), "what is complete has ended");
  }
  body.finish(made.pieces);
  std::string said;
  for (const std::string& piece : made.pieces) {
    must(!piece.empty(), "no piece is empty");
    said += piece;
  }
  must(said == body.text(), "the pieces are the text so far", said, body.text());
  pf_models::AnswerResult result = body.answer();
  must(result.answer || !result.problem.empty(), "what is no answer says why");
  made.answer = result.answer ? "= " + result.answer->text + " " +
                                    std::string(pf_models::finish_word(result.answer->ending))
                              : result.problem;
  return made;
}

/// The items of the text as a list that comes so many bytes at a time.
std::deque<std::string> items(std::string_view text, size_t step) {
  pf_models::ListItems list;
  std::deque<std::string> all;
  for (size_t at = 0; at < text.size(); at += step) list.add(text.substr(at, step), all);
  return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const pf_models::WireForm& wire = *kWires[data[0] % std::size(kWires)];
  size_t step = 1 + data[0] / std::size(kWires);
  std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  Read whole = read(wire, bytes, size);
  must(read(wire, bytes, step) == whole, "an answer does not depend on the cuts", whole.answer);
  must(is_text(whole.answer), "an answer, or why there is none, is text", whole.answer);
  for (const std::string& piece : whole.pieces) must(is_text(piece), "a piece is text", piece);
  must(items(bytes, step) == items(bytes, size), "items do not depend on the cuts");
  return 0;
}
