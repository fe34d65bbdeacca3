#include "candidates.h"

#include <algorithm>

#include "tolerant_json.h"

namespace pf_models::lenient {
namespace {

/// An answer with more pieces of JSON is none.
constexpr size_t kMost = 1000;

Effort effort_of(uint16_t mends) {
  Effort most = Effort::None;
  for (size_t i = 0; i < kMendCount; ++i)
    if ((mends >> i & 1) != 0) most = std::max(most, kMends[i].effort);
  return most;
}

}  // namespace

std::vector<Candidate> CandidateFinder::find() {
  std::vector<Candidate> found;
  budget_ = 8 * text_.size() + 65536;
  for (size_t at = text_.find_first_of("{["); at < text_.size();
       at = text_.find_first_of("{[", at)) {
    if (budget_ == 0 || found.size() == kMost) break;
    at = take(at, found);
  }
  return found;
}

size_t CandidateFinder::take(size_t at, std::vector<Candidate>& found) {
  TolerantReader reader(pool_, text_);
  const Node* tree = reader.read(at);
  budget_ -= std::min(budget_, reader.offset() - at);
  if (!tree) return take_broken(at, reader.offset(), reader.began(), reader.mistake());
  Candidate candidate = {at, reader.offset(), tree, nullptr, nullptr, effort_of(reader.mends())};
  bool fits = fit(candidate);
  size_t fence = reader.cut() ? text_.find("\n```", at) : text_.npos;
  if (fence != text_.npos) {
    // The end of a code block is the end of what was cut off in it.
    TolerantReader block(pool_, text_.substr(0, fence));
    const Node* inside = block.read(at);
    budget_ -= std::min(budget_, fence - at);
    Candidate shorter = {at, fence, inside, nullptr, nullptr, effort_of(block.mends())};
    if (inside && fit(shorter)) {
      candidate = shorter;
      fits = true;
    }
  }
  if (fits) {
    found.push_back(candidate);
    return candidate.end;
  }
  note(PF_E_SCHEMA, candidate.end - at,
       coercion_.problem() + (reader.cut() ? "; the text ends within the JSON" : ""));
  // Brackets in prose may stand around the JSON.
  bool prose = (reader.mends() & bit(Mend::BareText)) != 0;
  return prose ? at + 1 : candidate.end;
}

/// What began as JSON ends with its paragraph: no piece of it stands for the whole.
size_t CandidateFinder::take_broken(size_t at, size_t offset, bool began, const char* mistake) {
  size_t behind = std::max(at + 1, offset);
  bool deep = mistake && std::string_view(mistake).ends_with("deeply");
  if (!began && !deep) return behind;
  note(PF_E_PARSE, offset - at, std::string(mistake) + " at " + line_of(offset));
  size_t end = std::min(text_.find("\n\n", behind), text_.find("\n```", behind));
  return deep ? text_.size() : std::min(end, text_.size());
}

bool CandidateFinder::fit(Candidate& candidate) {
  const Node& tree = *candidate.written;
  bool wrapped = target_.wrapper && std::ranges::any_of(tree.members, [](const Member& member) {
                   return member.key == "value";
                 });
  candidate.type = wrapped ? target_.wrapper : target_.type;
  candidate.made = coercion_.fit(tree, *candidate.type);
  if (!candidate.made && wrapped) {
    candidate.type = target_.type;
    candidate.made = coercion_.fit(tree, *candidate.type);
  }
  if (candidate.made) candidate.effort = std::max(candidate.effort, candidate.made->effort);
  return candidate.made != nullptr;
}

void CandidateFinder::note(pf_error_kind kind, size_t size, std::string problem) {
  if (size_ != 0 && size <= size_) return;
  size_ = std::max<size_t>(size, 1);
  kind_ = kind;
  problem_ = std::move(problem);
}

std::string CandidateFinder::line_of(size_t offset) const {
  std::string_view before = text_.substr(0, offset);
  auto line = std::ranges::count(before, '\n') + 1;
  size_t start = before.rfind('\n');
  size_t column = start == before.npos ? offset + 1 : offset - start;
  return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

}  // namespace pf_models::lenient
