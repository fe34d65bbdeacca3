#include "lenient_reader.h"

#include <algorithm>
#include <optional>

#include "candidates.h"
#include "characters.h"
#include "json_writer.h"
#include "pflow/node.hpp"
#include "report.h"
#include "surroundings.h"

namespace pf_models::lenient {
namespace {

pf_field value_field(const pf_type& type) { return {"value", "value", &type, 0, nullptr, nullptr}; }
pf_type wrapper_of(const pf_field& value) {
  return {PF_RECORD,
          value.type->size,
          value.type->align,
          value.type->counted,
          "answer",
          nullptr,
          1,
          &value,
          nullptr,
          nullptr};
}

Reading decode(const pf_str& text, const pf_type& type, void* out) {
  pf_json_problem problem;
  if (pf_json_decode(&text, &type, out, &problem)) return {.read = true};
  pflow::Text message(problem.message);
  return {.kind = problem.kind, .problem = std::string(message.view())};
}

/// One reading of a text that is not strict JSON.
class Mending {
 public:
  Mending(std::string_view text, const pf_type& type, Root root)
      : whole_(text),
        text_(without_thoughts(text)),
        type_(type),
        value_(value_field(type)),
        wrapper_(wrapper_of(value_)),
        coercion_(pool_),
        finder_(text_, {&type, root == Root::InValue ? &wrapper_ : nullptr}) {}

  Reading read(void* out) {
    if (std::optional<Candidate> text = text_of_all()) return finish(*text, out);
    std::vector<Candidate> found = finder_.find();
    if (finder_.too_many())
      return {.kind = PF_E_PARSE, .problem = "it holds more than 1000 pieces of JSON"};
    std::erase_if(found, [&](const Candidate& candidate) { return is_prose(candidate); });
    if (found.empty()) return read_words(out);
    join(found);
    keep_nearest(found);
    if (found.size() > 1) return ambiguous(found);
    return finish(found.front(), out);
  }

 private:
  /// Of a scalar only an object that holds it is meant, or what is all of the answer.
  [[nodiscard]] bool is_prose(const Candidate& candidate) const {
    const pf_type& wanted = without_none(type_);
    if (is_container(wanted)) return false;
    bool all = around_of(candidate) != Around::Prose;
    bool holds = candidate.written->kind == NodeKind::Object && wanted.kind != PF_STR;
    return !all && !holds;
  }

  [[nodiscard]] Around around_of(const Candidate& candidate) const {
    return around(text_.substr(0, candidate.begin), text_.substr(candidate.end));
  }

  /// What fits of an answer that is one text in quotes.
  std::optional<Candidate> text_of_all() {
    pf_str all = pflow::literal(trimmed(text_));
    pf_str inside = {};
    if (!pflow::view(all).starts_with('"') || !decode(all, pflow::kStr, &inside).read)
      return std::nullopt;
    pflow::Text held(inside);
    Node* node = pool_.node(NodeKind::Text);
    node->text = pool_.keep(held.view());
    const Node* made = coercion_.fit(*node, type_);
    if (!made) made = coercion_.fit_words(node->text, type_);
    if (!made) return std::nullopt;
    return Candidate{0, text_.size(), node, made, &type_, made->effort};
  }

  /// Values one behind the other are the list that was asked for.
  void join(std::vector<Candidate>& found) {
    if (found.size() < 2 || without_none(type_).kind != PF_LIST) return;
    std::vector<Member> items;
    for (size_t i = 0; i < found.size(); ++i) {
      if (found[i].made->change != Change::Sole) return;
      bool joined =
          i == 0 || is_separator(text_.substr(found[i - 1].end, found[i].begin - found[i - 1].end));
      if (!joined) return;
      items.push_back(found[i].made->members[0]);
    }
    Candidate all = found.front();
    Node* made = pool_.copy(*all.made);
    Node* written = pool_.node(NodeKind::List);
    std::vector<Member> pieces;
    for (const Candidate& candidate : found) {
      pieces.push_back({{}, candidate.written});
      all.effort = std::max(all.effort, candidate.effort);
    }
    made->members = pool_.keep(items);
    made->change = Change::Sequence;
    written->members = pool_.keep(pieces);
    all.made = made;
    all.written = written;
    all.end = found.back().end;
    found = {all};
  }

  /// Keeps those that need the least, and of equal ones the first.
  void keep_nearest(std::vector<Candidate>& found) {
    Effort least = std::ranges::min_element(found, {}, &Candidate::effort)->effort;
    std::erase_if(found, [&](const Candidate& candidate) { return candidate.effort != least; });
    if (found.size() == 1) return;
    std::string first = json_of(*found.front().made);
    std::erase_if(found, [&](const Candidate& candidate) {
      return candidate.begin != found.front().begin && json_of(*candidate.made) == first;
    });
  }

  [[nodiscard]] Reading ambiguous(const std::vector<Candidate>& found) const {
    std::string problem = "the answer holds " + std::to_string(found.size()) +
                          " pieces of JSON that fit and differ: ";
    for (size_t i = 0; i < 2; ++i) {
      const Candidate& each = found[i];
      if (i != 0) problem += " and ";
      problem += shown(text_.substr(each.begin, each.end - each.begin));
    }
    if (found.size() > 2) problem += " and others";
    return {.kind = PF_E_SCHEMA, .problem = "$: " + problem};
  }

  Reading finish(const Candidate& candidate, void* out) {
    std::string json = json_of(*candidate.made);
    Reading reading = decode(pflow::literal(json), *candidate.type, out);
    if (!reading.read) return reading;
    Report report;
    tell_around(report, around_of(candidate));
    report.add_mends(*candidate.written);
    report.add_changes(*candidate.made);
    reading.mended = report.take();
    reading.cut = has_cut(*candidate.written);
    return reading;
  }

  void tell_around(Report& report, Around found) const {
    if (text_.size() != whole_.size()) report.add("$: the thoughts in front were left out");
    if (found == Around::Fence) report.add("$: the code fence around it was left out");
    if (found == Around::Prose) report.add("$: the text around the JSON was left out");
  }

  [[nodiscard]] static bool has_cut(const Node& node) {
    return node.cut || std::ranges::any_of(node.members, [](const Member& member) {
             return has_cut(*member.value);
           });
  }

  /// There is no JSON in the answer that fits: its words may be the value.
  Reading read_words(void* out) {
    std::string_view words = without_fence(text_);
    const Node* made = is_container(without_none(type_)) && !finder_.problem().empty()
                           ? nullptr
                           : coercion_.fit_words(words, type_);
    if (!made) return unread();
    std::string json = json_of(*made);
    Reading reading = decode(pflow::literal(json), type_, out);
    if (!reading.read) return reading;
    Report report;
    tell_around(report, words.size() == text_.size() ? Around::Nothing : Around::Fence);
    if (made->change == Change::None) report.add("$: a text without quotes");
    report.add_changes(*made);
    reading.mended = report.take();
    return reading;
  }

  [[nodiscard]] Reading unread() const {
    if (!finder_.problem().empty())
      return {.kind = finder_.problem_kind(), .problem = finder_.problem()};
    const pf_type& wanted = without_none(type_);
    bool words = !is_container(wanted);
    return {.kind = words ? PF_E_SCHEMA : PF_E_PARSE,
            .problem = words ? coercion_.problem() : "there is no JSON in it"};
  }

  std::string_view whole_, text_;
  const pf_type& type_;
  pf_field value_;
  pf_type wrapper_;
  Pool pool_;
  Coercion coercion_;
  CandidateFinder finder_;
};

}  // namespace

Reading read_strictly(const pf_str& text, const pf_type& type, Root root, void* out) {
  if (root == Root::Plain) return decode(text, type, out);
  pf_field value = value_field(type);
  return decode(text, wrapper_of(value), out);
}

Reading mend(std::string_view text, const pf_type& type, Root root, void* out) {
  return Mending(text, type, root).read(out);
}

Reading read_leniently(const pf_str& text, const pf_type& type, Root root, void* out) {
  Reading strict = read_strictly(text, type, root, out);
  // A default that failed would fail again.
  if (strict.read || (strict.kind != PF_E_PARSE && strict.kind != PF_E_SCHEMA)) return strict;
  return mend(pflow::view(text), type, root, out);
}

}  // namespace pf_models::lenient
