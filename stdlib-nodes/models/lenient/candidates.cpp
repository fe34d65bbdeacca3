#include "candidates.h"

#include <algorithm>

#include "characters.h"
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

/// A bracket in the text, tried as JSON.
struct CandidateFinder::Attempt {
  Candidate candidate = {};
  bool fits = false;
  std::string problem = {};  ///< of the coercion
  size_t offset = 0;         ///< behind what was read
  uint16_t mends = 0;
  bool began = false;
  const char* mistake = nullptr;
};

std::vector<Candidate> CandidateFinder::find() {
  std::vector<Candidate> found;
  budget_ = 8 * text_.size() + 65536;
  size_t at = text_.find_first_of("{[");
  while (at < text_.size() && budget_ != 0 && !too_many_) {
    at = text_.find_first_of("{[", plausible(at) ? take(at, found) : at + 1);
    too_many_ = found.size() > kMost;
  }
  return found;
}

/// Most brackets of prose and code are seen to be none at once.
bool CandidateFinder::plausible(size_t at) const {
  if (text_[at] == '[') return true;
  std::string_view inside = text_.substr(at + 1, 64);
  while (size_t blank = blank_length(inside)) inside.remove_prefix(blank);
  constexpr std::string_view kStarts = "\"'`}/#_$,";
  return inside.empty() || is_word(inside[0]) || kStarts.find(inside[0]) != kStarts.npos;
}

CandidateFinder::Attempt CandidateFinder::attempt(size_t at, std::string_view part) {
  Pool& pool = pools_.emplace_back();
  TolerantReader reader(pool, part);
  Coercion coercion(pool);
  Attempt made;
  const Node* tree = reader.read(at);
  made.offset = reader.offset();
  made.mends = reader.mends();
  made.began = reader.began();
  made.mistake = reader.mistake();
  budget_ -= std::min(budget_, made.offset - at);
  if (tree) {
    made.candidate = {at, made.offset, tree, nullptr, nullptr, effort_of(made.mends)};
    made.fits = fit(made.candidate, coercion, target_);
    made.problem = coercion.problem();
  }
  if (!made.fits) pools_.pop_back();
  return made;
}

size_t CandidateFinder::take(size_t at, std::vector<Candidate>& found) {
  Attempt whole = attempt(at, text_);
  if (whole.mistake) return take_broken(at, whole.offset, whole.began, whole.mistake);
  bool cut = (whole.mends & bit(Mend::Cut)) != 0;
  size_t fence = cut ? text_.find("\n```", at) : text_.npos;
  if (fence != text_.npos) {
    // The end of a code block is the end of what was cut off in it.
    Attempt block = attempt(at, text_.substr(0, fence));
    if (block.fits) whole = std::move(block);
  }
  if (whole.fits) {
    found.push_back(whole.candidate);
    return whole.candidate.end;
  }
  note(PF_E_SCHEMA, whole.offset - at,
       whole.problem + (cut ? "; the text ends within the JSON" : ""));
  // Brackets in prose may stand around the JSON.
  bool prose = (whole.mends & bit(Mend::BareText)) != 0;
  return prose ? at + 1 : whole.offset;
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

bool CandidateFinder::fit(Candidate& candidate, Coercion& coercion, const Target& target) {
  const Node& tree = *candidate.written;
  bool wrapped = target.wrapper && std::ranges::any_of(tree.members, [](const Member& member) {
                   return member.key == "value";
                 });
  candidate.type = wrapped ? target.wrapper : target.type;
  candidate.made = coercion.fit(tree, *candidate.type);
  if (!candidate.made && wrapped) {
    candidate.type = target.type;
    candidate.made = coercion.fit(tree, *candidate.type);
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
