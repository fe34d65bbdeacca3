// nearest: the entries of an index that are most like a vector.
#include "index.pf.hpp"
#include "work.h"

namespace {

using pf_index::Found;
using pflow::view;

/// Enough for `pf_list_make`.
constexpr pf_type kMatch = {.kind = PF_RECORD, .size = sizeof(Match), .align = alignof(Match)};

class Search : public pf_index::Work {
 public:
  Search(pf_call* call, std::string path, pf_index::Wanted wanted, nearest_out* out)
      : Work(call, std::move(path)), wanted_(std::move(wanted)), out_(out) {}
  pf_index::Problem run() override { return find_nearest(place, wanted_, found_); }

  void give() override {
    std::vector<Match> matches;
    for (const Found& each : found_)
      matches.push_back({pflow::text(each.key), pflow::text(each.text), double{each.score}});
    void* head = pf_list_make(matches.data(), static_cast<int64_t>(matches.size()), &kMatch);
    out_->matches = {static_cast<pf_list_head*>(head)};
  }

 private:
  pf_index::Wanted wanted_;
  nearest_out* out_;
  std::vector<Found> found_;
};

}  // namespace

pf_status pfn_index_nearest(pf_call* call, const nearest_in* in, nearest_out* out) {
  if (in->n < 0)
    return pf_fail(call, PF_E_VALUE, "`n` is %lld; expected 0 or more",
                   static_cast<long long>(in->n));
  pf_index::Wanted wanted{.most = static_cast<size_t>(in->n),
                          .keys = std::string(view(in->keys)),
                          .least = static_cast<float>(in->min_score)};
  std::string path;
  if (!pf_index::take_path(call, in->path, path) ||
      !pf_index::take_vector(call, "`vector`", in->vector, wanted.vector))
    return PF_FAILED;
  return pf_index::Work::start(
      std::make_unique<Search>(call, std::move(path), std::move(wanted), out));
}
