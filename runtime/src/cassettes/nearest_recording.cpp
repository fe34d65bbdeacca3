#include "runtime/src/cassettes/nearest_recording.h"

#include <algorithm>

#include "runtime/src/cassettes/json_value.h"
#include "runtime/src/cassettes/url_parts.h"

namespace pflow::cassettes {
namespace {

/// Bodies are compared with so many recordings of the same address.
constexpr size_t kMostCompared = 1000;

/// How far a recording is from what is asked, and in what.
struct Distance {
  size_t steps = 0;
  std::string where;  ///< the first difference: "the method"
  std::string recorded;
  std::string asked;
  size_t places = 0;

  void add(size_t weight, std::string_view what, std::string_view theirs, std::string_view ours) {
    steps += weight;
    if (places++ != 0) return;
    where = what;
    recorded = theirs;
    asked = ours;
  }
};

/// The pairs that differ, by their names.
void add_query(Distance& distance, const Pairs& recorded, const Pairs& asked) {
  size_t i = 0, k = 0;
  while (i < recorded.size() || k < asked.size()) {
    if (i < recorded.size() && k < asked.size() && recorded[i] == asked[k]) {
      ++i, ++k;
      continue;
    }
    bool both = i < recorded.size() && k < asked.size() && recorded[i].first == asked[k].first;
    bool left = both || k == asked.size() || (i < recorded.size() && recorded[i] < asked[k]);
    bool right = both || !left;
    const std::string name = left ? recorded[i].first : asked[k].first;
    distance.add(50, "`" + name + "` of the query", left ? recorded[i].second : "",
                 right ? asked[k].second : "");
    if (left) ++i;
    if (right) ++k;
  }
}

void add_body(Distance& distance, const Interaction& recorded, const JsonValue& asked_json,
              const std::string& asked) {
  JsonValue json(recorded.request_body);
  if (!json.ok() || !asked_json.ok()) {
    if (recorded.request_body != asked) distance.add(40, "the body", recorded.request_body, asked);
    return;
  }
  JsonDifference found = json_difference(json.get(), asked_json.get());
  if (found.count == 0) return;
  distance.add(std::min<size_t>(found.count, 40),
               found.path.empty() ? "the body" : "`" + found.path + "` of the body", found.left,
               found.right);
  distance.places += found.count - 1;
}

class Search {
 public:
  explicit Search(const Interaction& asked)
      : asked_(asked), url_(url_parts(asked.url)), json_(asked.request_body) {}

  Distance distance_to(const Interaction& recorded) {
    Distance distance;
    if (recorded.method != asked_.method)
      distance.add(400, "the method", recorded.method, asked_.method);
    UrlParts url = url_parts(recorded.url);
    if (url.origin != url_.origin) distance.add(600, "the server", url.origin, url_.origin);
    if (url.path != url_.path) distance.add(500, "the path", url.path, url_.path);
    add_query(distance, url.query, url_.query);
    if (distance.steps >= 400) return distance;
    if (compared_++ < kMostCompared)
      add_body(distance, recorded, json_, asked_.request_body);
    else
      distance.add(1000, "the body", recorded.request_body, asked_.request_body);
    return distance;
  }

 private:
  const Interaction& asked_;
  UrlParts url_;
  JsonValue json_;
  size_t compared_ = 0;
};

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

/// The text around `at`, on one line.
std::string excerpt(const std::string& text, size_t at) {
  constexpr size_t kBefore = 30, kMost = 80;
  if (text.empty()) return "nothing";
  size_t from = at > kBefore ? at - kBefore : 0;
  size_t to = std::min(from + kMost, text.size());
  while (from > 0 && is_continuation(text[from])) --from;
  while (to < text.size() && is_continuation(text[to])) --to;
  std::string shown = text.substr(from, to - from);
  for (char& c : shown)
    if (static_cast<unsigned char>(c) < ' ') c = ' ';
  return "`" + std::string(from > 0 ? "…" : "") + shown + (to < text.size() ? "…`" : "`");
}

std::string told(const Interaction& nearest, const Distance& distance) {
  auto differs = std::ranges::mismatch(distance.recorded, distance.asked);
  auto at = static_cast<size_t>(differs.in1 - distance.recorded.begin());
  std::string text = "the nearest one";
  if (nearest.line != 0) text += ", in line " + std::to_string(nearest.line) + ",";
  text += " differs in " + distance.where + ": recorded is " + excerpt(distance.recorded, at) +
          ", asked is " + excerpt(distance.asked, at);
  if (distance.places > 1) {
    size_t more = distance.places - 1;
    text += "; and in " + std::to_string(more) + (more == 1 ? " more place" : " more places");
  }
  return text;
}

}  // namespace

std::string nearest_recording(const std::deque<Interaction>& recorded, const Interaction& asked) {
  Search search(asked);
  const Interaction* nearest = nullptr;
  Distance best;
  for (const Interaction& candidate : recorded) {
    Distance distance = search.distance_to(candidate);
    // One that is still to be played is rather meant.
    distance.steps = 2 * distance.steps + candidate.played;
    if (nearest && distance.steps >= best.steps) continue;
    nearest = &candidate;
    best = std::move(distance);
  }
  return nearest ? told(*nearest, best) : "it holds none at all";
}

}  // namespace pflow::cassettes
