// round, floor, ceil, sqrt, pow.
#include <math.h>

#include "numbers.pf.hpp"

namespace {

/// A whole number as int; not a number and what does not fit fail.
pf_status to_int(pf_call* call, const char* node, double whole, double original, int64_t* out) {
  constexpr double kLimit = 9223372036854775808.0; /* 2^63 */
  if (whole >= -kLimit && whole < kLimit) {
    *out = static_cast<int64_t>(whole);
    return PF_DONE;
  }
  return pf_fail(call, PF_E_VALUE, "`%s` of %g does not fit an int", node, original);
}

}  // namespace

pf_status pfn_numbers_round(pf_call* call, const round_in* in, round_out* out) {
  return to_int(call, "round", ::round(in->number), in->number, &out->number);
}

pf_status pfn_numbers_floor(pf_call* call, const floor_in* in, floor_out* out) {
  return to_int(call, "floor", ::floor(in->number), in->number, &out->number);
}

pf_status pfn_numbers_ceil(pf_call* call, const ceil_in* in, ceil_out* out) {
  return to_int(call, "ceil", ::ceil(in->number), in->number, &out->number);
}

pf_status pfn_numbers_sqrt(pf_call* call, const sqrt_in* in, sqrt_out* out) {
  if (in->number < 0) {
    return pf_fail(call, PF_E_VALUE, "the square root of %g is not a number", in->number);
  }
  out->number = ::sqrt(in->number);
  return PF_DONE;
}

pf_status pfn_numbers_pow(pf_call* call, const pow_in* in, pow_out* out) {
  out->number = ::pow(in->base, in->exponent);
  if (!isnan(out->number) || isnan(in->base) || isnan(in->exponent)) return PF_DONE;
  return pf_fail(call, PF_E_VALUE, "%g to the power of %g is not a number", in->base, in->exponent);
}
