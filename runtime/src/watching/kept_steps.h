/// The steps of a run as a report lists them. Of a long run inputs and outputs are cut shorter and
/// shorter, and at last steps that did not fail are only counted.
#pragma once

#include "runtime/src/failures/failure.h"
#include "runtime/src/recorder/step.h"
#include "runtime/src/values/row.h"
#include "runtime/src/watching/lanes.h"
#include "runtime/src/watching/shown_value.h"

namespace pflow::rt {

struct KeptStep {
  size_t site, node;  ///< by number
  pf_str place;
  int64_t attempt;
  size_t lane;
  int64_t began;   ///< on pf_clock
  int64_t took;    ///< negative: it goes on
  pf_str in, out;  ///< JSON, which may be cut
  bool listed;
  bool failed;
  pf_error_kind kind;
  pf_str message;
  int64_t questions;
  pf_used used;
};

class KeptSteps {
 public:
  /// It lives until the end of the step, and where it is listed for ever.
  KeptStep* begin(const Step& step);
  void end(KeptStep& kept, const Step& step, pf_status status);

  [[nodiscard]] int64_t all() const { return all_; }
  [[nodiscard]] int64_t left_out() const { return left_out_; }
  [[nodiscard]] const Row<const pf_site*>& sites() const { return sites_; }
  [[nodiscard]] const Row<const pf_node*>& nodes() const { return nodes_; }
  [[nodiscard]] size_t number_of(const pf_site* site);
  /// `,"steps":[[site,node,place,attempt,lane,began,took,in,out,kind,message,used],…]`, times in
  /// milliseconds since `began`; `used` is null, or input and output tokens and the cost.
  void add_json(Buffer& json, int64_t began);

 private:
  void keep(pf_str& text, Buffer& from);
  void shorten();
  void list(KeptStep& kept, const Step& step);

  Row<KeptStep*> steps_;  ///< in the order in which they began
  Row<const pf_site*> sites_;
  Row<const pf_node*> nodes_;
  Lanes lanes_;
  size_t most_ = 4000;  ///< bytes of the inputs of a step, and of its outputs
  size_t bytes_ = 0;    ///< of all of them
  int64_t all_ = 0;
  int64_t left_out_ = 0;
  int64_t late_failures_ = 0;
};

}  // namespace pflow::rt
