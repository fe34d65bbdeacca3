#include "report.h"

#include <array>

#include "place.h"

namespace pf_models::lenient {
namespace {

/// Of each mend its first place, and how often it was.
class Mends {
 public:
  void walk(const Node& node, const Step* step) {
    for (size_t i = 0; i < kMendCount && node.mends != 0; ++i)
      if ((node.mends >> i & 1) != 0 && counts_[i]++ == 0) places_[i] = place_of(step);
    Step inner = {step, {}, node.kind == NodeKind::List ? 0 : -1};
    for (const Member& member : node.members) {
      inner.key = member.key;
      walk(*member.value, &inner);
      if (inner.index >= 0) ++inner.index;
    }
  }
  void tell(Report& report) const {
    for (size_t i = 0; i < kMendCount; ++i) {
      if (counts_[i] == 0) continue;
      std::string sentence = places_[i] + ": " + kMends[i].sentence;
      if (counts_[i] > 1) sentence += " (and " + std::to_string(counts_[i] - 1) + " more)";
      report.add(std::move(sentence));
    }
  }

 private:
  std::array<std::string, kMendCount> places_;
  std::array<size_t, kMendCount> counts_{};
};

std::string scalar(const Node& node) {
  switch (node.kind) {
    case NodeKind::Null: return "null";
    case NodeKind::False: return "false";
    case NodeKind::True: return "true";
    case NodeKind::Number: return std::string(node.text);
    case NodeKind::Text: return shown(node.text);
    case NodeKind::List: return "a list";
    case NodeKind::Object: return "an object";
  }
  return "";
}

std::string sentence_of(const Node& node) {
  switch (node.change) {
    case Change::None: break;
    case Change::Value:
      return scalar(*node.source) + " read as " +
             (node.kind == NodeKind::Null ? "none" : scalar(node));
    case Change::Sole: return "one value read as a list of one";
    case Change::Sequence: return "values one behind the other read as a list";
    case Change::Item: return "a list of one read as its item";
    case Change::Member: return "what stands in " + shown(node.key) + " was read";
    case Change::JsonInText: return "JSON in a text read as what it says";
    case Change::Untagged: return "read as " + std::string(node.key) + ", which alone fits";
    case Change::TagAsKey: return "read as the variant that is its key, " + shown(node.key);
    case Change::Default: return "null read as the default";
  }
  return "";
}

class Changes {
 public:
  explicit Changes(Report& report) : report_(report) {}

  void walk(const Node& node, const Step* step) {
    tell(node, step);
    bool list = node.kind == NodeKind::List;
    Step inner = {step, {}, list ? 0 : -1};
    for (const Member& member : node.members) {
      inner.key = member.key;
      if (!member.written.empty())
        report_.add(place_of(&inner) + ": the key " + shown(member.written) + " stands for it");
      walk(*member.value, &inner);
      if (list) ++inner.index;
    }
    if (node.left_out != 0)
      report_.add(place_of(step) + ": what was cut off at its end was left out");
  }

 private:
  void tell(const Node& node, const Step* step) {
    if (node.change == Change::None) return;
    report_.add(place_of(step) + ": " + sentence_of(node));
    bool around = node.change != Change::Value && node.change != Change::Default;
    if (around && node.source) tell(*node.source, step);
  }
  Report& report_;
};

}  // namespace

void Report::add(std::string sentence) {
  if (sentences_.size() < kMost)
    sentences_.push_back(std::move(sentence));
  else
    ++untold_;
}

void Report::add_mends(const Node& written) {
  Mends mends;
  mends.walk(written, nullptr);
  mends.tell(*this);
}

void Report::add_changes(const Node& made) { Changes(*this).walk(made, nullptr); }

std::vector<std::string> Report::take() {
  if (untold_ != 0) sentences_.push_back("$: and " + std::to_string(untold_) + " more changes");
  untold_ = 0;
  return std::move(sentences_);
}

}  // namespace pf_models::lenient
