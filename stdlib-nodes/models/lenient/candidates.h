/// The pieces of JSON in an answer that may be what was asked for.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "coercion.h"
#include "pflow/abi.h"
#include "tree.h"

namespace pf_models::lenient {

struct Candidate {
  size_t begin, end;    ///< in the text
  const Node* written;  ///< as it stands there
  const Node* made;     ///< as the type has it
  const pf_type* type;  ///< what it was made for
  Effort effort;
};

/// What the pieces are to be; an answer that was asked for within `{"value": …}` is of either.
struct Target {
  const pf_type* type;
  const pf_type* wrapper = nullptr;
};

class CandidateFinder {
 public:
  CandidateFinder(std::string_view text, const Target& target) : text_(text), target_(target) {}

  /// All that fit, in their order. The work is linear in the text, as each byte is read a few
  /// times at most.
  [[nodiscard]] std::vector<Candidate> find();
  /// Whether there were more than can be an answer, so that not all are found.
  [[nodiscard]] bool too_many() const { return too_many_; }
  /// Why the largest piece that is none is none; empty: there was no JSON at all.
  [[nodiscard]] const std::string& problem() const { return problem_; }
  [[nodiscard]] pf_error_kind problem_kind() const { return kind_; }

 private:
  /// The piece at `at`; returns where to look on.
  size_t take(size_t at, std::vector<Candidate>& found);
  size_t take_broken(size_t at, size_t offset, bool began, const char* mistake);
  /// What stands at `at` in a part of the text, if it fits; else nothing is kept of it.
  struct Attempt;
  Attempt attempt(size_t at, std::string_view part);
  static bool fit(Candidate& candidate, Coercion& coercion, const Target& target);
  [[nodiscard]] bool plausible(size_t at) const;
  void note(pf_error_kind kind, size_t size, std::string problem);
  [[nodiscard]] std::string line_of(size_t offset) const;

  std::string_view text_;
  Target target_;
  size_t budget_ = 0;            ///< bytes that may still be read
  std::deque<Pool> pools_ = {};  ///< one for each piece
  bool too_many_ = false;
  size_t size_ = 0;  ///< of the piece that `problem_` tells of
  std::string problem_;
  pf_error_kind kind_ = PF_E_PARSE;
};

}  // namespace pf_models::lenient
